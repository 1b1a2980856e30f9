import { useVirtualizer } from '@tanstack/react-virtual'
import { type Dispatch, type KeyboardEvent, type SetStateAction, useEffect, useMemo, useRef } from 'react'
import type { Description, Field, Group } from '@/api/types'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { isNumeric } from '../field/parse'
import { weightOf } from '../field/width'
import { CardRow } from './CardRow'
import { GroupRow, MoreRow } from './GroupRow'
import { HeadRow } from './HeadRow'
import type { Selected } from './ListPage'
import { ListRow } from './ListRow'
import type { ListState } from './model'
import type { Item } from './useGroupRows'

export interface RowsProps {
  description: Description
  columns: Field[]
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
const NARROWEST: Partial<Record<Field['type'], number>> = {
  date: 102,
  datetime: 140,
  money: 128,
  price: 116,
  int: 80,
  decimal: 92,
  percent: 84,
  state: 112,
  choice: 84,
  bool: 64,
  ref: 150,
  member: 84,
  unit: 96,
}

const CHECK = 42
const narrowest = (field: Field) => NARROWEST[field.type] ?? 116

/** Figures keep their width; what is left goes to words, in proportion to the width they ask for. */
function templateOf(columns: Field[]): string {
  const rigid = (field: Field) => isNumeric(field) || ['date', 'datetime', 'bool', 'state'].includes(field.type)
  const tracks = columns.map((field) => (rigid(field) ? `${narrowest(field)}px` : `minmax(${narrowest(field)}px, ${weightOf(field)}fr)`))
  return [`${CHECK}px`, ...tracks].join(' ')
}

/** Narrower than this the list scrolls sideways, heads and rows as one: a row that asked its own cells would stand askew. */
const leastOf = (columns: Field[]) => columns.reduce((sum, field) => sum + narrowest(field), CHECK)

/** Any number of rows; only those in sight exist. */
export function Rows(props: RowsProps) {
  const { description, columns, state, set, items, waiting, more, selected, setSelected, onGroup, onGroupMore, cards } = props
  const box = useRef<HTMLDivElement>(null)
  const size = cards ? CARD : ROW
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => box.current, estimateSize: () => size, overscan: 12 })
  const visible = virtual.getVirtualItems()
  const last = visible.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= items.length - 15) more()
  }, [last, items.length, more])
  const template = useMemo(() => templateOf(columns), [columns])
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
      style={vars({ cols: template, least: `${leastOf(columns)}px`, height: `${virtual.getTotalSize()}px` })}
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
