import { useVirtualizer } from '@tanstack/react-virtual'
import { type Dispatch, type KeyboardEvent, type SetStateAction, useEffect, useMemo, useRef, useState } from 'react'
import type { Description, Group } from '@/api/types'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { CardRow } from './CardRow'
import { GroupRow, MoreRow } from './GroupRow'
import { HeadRow } from './HeadRow'
import type { Selected } from './ListPage'
import { ListRow } from './ListRow'
import type { ListState } from './model'
import type { Item } from './useGroupRows'
import type { Views } from './useList'
import { leastOf, templateOf, type Widths, withWidth } from './widths'

export interface RowsProps {
  description: Description
  views: Views
  state: ListState
  set: (next: ListState) => void
  items: Item[]
  waiting: boolean
  more: () => void
  selected: Selected
  setSelected: Dispatch<SetStateAction<Selected>>
  onGroup: (group: Group) => void
  onGroupMore: (group: Group, part: Extract<Item, { kind: 'more' }>['part']) => void
  cards: boolean
}

const ROW = 36
const CARD = 78
/** Any number of rows; only those in sight exist. */
export function Rows(props: RowsProps) {
  const { description, views, state, set, items, waiting, more, selected, setSelected, onGroup, onGroupMore, cards } = props
  const box = useRef<HTMLDivElement>(null)
  const size = cards ? CARD : ROW
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: () => size, overscan: 12 })
  const visible = virtual.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= items.length - 15) more()
  }, [last, items.length, more])
  const { columns } = views
  const [dragged, setDragged] = useState<Widths>({})
  const widths = { ...views.widths, ...dragged }
  const loaded = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? [item.doc] : [])), [items])

  const keys = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const at = Number((event.target as HTMLElement).closest<HTMLElement>('[data-index]')?.dataset.index ?? -1)
    if (!step || at < 0) return
    event.preventDefault()
    virtual.scrollToIndex(at + step)
    box.current?.querySelector<HTMLElement>(`[data-index="${at + step}"] :is(a, button)`)?.focus()
  }
  const pick = (item: Extract<Item, { kind: 'row' }>) => {
    setSelected((before) => {
      const next = new Map(before)
      if (!next.delete(item.doc.id)) next.set(item.doc.id, item.doc)
      return next
    })
  }
  const render = (item: Item) => {
    if (item.kind === 'group')
      return <GroupRow description={description} item={item} field={state.group} onToggle={() => onGroup(item.group)} />
    if (item.kind === 'more') return <MoreRow item={item} onMore={() => onGroupMore(item.group, item.part)} />
    if (cards) return <CardRow description={description} columns={columns} doc={item.doc} />
    return (
      <ListRow description={description} columns={columns} doc={item.doc} chosen={selected.has(item.doc.id)} onChoose={() => pick(item)} />
    )
  }
  return (
    <div
      ref={box}
      className={classes('rows', cards && 'is-cards')}
      role="table"
      aria-label={description.plural}
      aria-rowcount={items.length}
      style={vars({ cols: templateOf(columns, widths), least: `${leastOf(columns, widths)}px`, height: `${virtual.getTotalSize()}px` })}
      onKeyDown={keys}
    >
      <div className="rows__sheet">
        {!cards && (
          <HeadRow
            columns={columns}
            state={state}
            set={set}
            loaded={loaded}
            selected={selected}
            setSelected={setSelected}
            defaultSort={description.default_sort}
            widths={widths}
            drag={(path, width) => setDragged({ [path]: width })}
            keep={(path, width) => {
              views.setWidths(withWidth(views.widths, path, width))
              setDragged({})
            }}
          />
        )}
        {waiting && <Waiting lines={12} />}
        <div className="rows__body" role="rowgroup">
          {visible.map((row) => {
            const item = items[row.index]
            return (
              item && (
                <div
                  key={row.index}
                  data-index={row.index}
                  className="rows__slot"
                  role="row"
                  style={vars({ y: `${row.start}px`, size: `${row.size}px` })}
                >
                  {render(item)}
                </div>
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}
