import { useCallback, useEffect, useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Id, Line, LinesSection } from '@/api/types'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { type Computed, type LineEdit, shownCell } from '../document/model'
import { editText } from '../field/format'
import { isNumeric } from '../field/parse'
import { GridBar } from './GridBar'
import { GridRow } from './GridRow'
import { type Cell, rangeOf } from './model'
import { type ChangeRows, useGrid } from './useGrid'
import { rowCommands, useKeys } from './useKeys'
import { useResolve } from './useResolve'
import './grid.css'

export interface LinesProps {
  section: LinesSection
  rows: LineEdit[]
  stored: Map<Id, Line>
  computed: Computed['lines'][string] | undefined
  /** Errors by row key and field. */
  errors: Record<string, Record<string, string>>
  locked: boolean
  change: ChangeRows
  /** Values of the document's own fields. */
  header: (name: string) => unknown
}

const WIDTHS: Partial<Record<Field['type'], number>> = {
  int: 80,
  decimal: 96,
  percent: 84,
  money: 128,
  price: 128,
  date: 116,
  bool: 64,
  choice: 110,
  ref: 200,
  text: 160,
}
export const widthOf = (field: Field) => field.width ?? WIDTHS[field.type] ?? 140

export function LineGrid(props: LinesProps) {
  const { section, rows, stored, computed, errors, locked, change, header } = props
  const { t } = useTranslation()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => section.columns.flatMap((name) => section.fields[name] ?? []), [section])
  const grid = useGrid(rows, columns, change, box, locked)
  const { selection, editing, select } = grid
  const handlers = useMemo(
    () => ({ setEditing: grid.setEditing, commit: grid.commit, cancel: grid.cancel }),
    [grid.setEditing, grid.commit, grid.cancel],
  )

  const show = (cell: Cell) => {
    const [row, column] = [rows[cell.r], columns[cell.c]]
    return row && column ? shownCell(column, row, row.id === undefined ? undefined : stored.get(row.id), computed).value : undefined
  }
  const text = (cell: Cell) => {
    const column = columns[cell.c]
    return column ? editText(column, show(cell)) : ''
  }
  const headerValue = useRef(header)
  headerValue.current = header
  const context = useCallback((row: LineEdit, name: string) => (name in row ? row[name] : headerValue.current(name)), [])
  useResolve(rows, columns, change, header)
  const sheet = { grid, columns, count: rows.length, change, locked, value: show, text }
  const keys = useKeys(sheet)

  useEffect(() => {
    const first = rows.findIndex((row) => errors[row._k])
    if (first < 0) return
    const names = Object.keys(errors[rows[first]?._k ?? ''] ?? {})
    const c = Math.max(
      0,
      columns.findIndex((column) => names.includes(column.name)),
    )
    select({ active: { r: first, c }, anchor: { r: first, c } })
    // only a new set of errors moves the cursor
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  }, [errors])
  const { r: activeRow, c: activeColumn } = selection.active
  useEffect(() => {
    box.current?.querySelector(`[data-r="${activeRow}"][data-c="${activeColumn}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeRow, activeColumn])

  const range = rangeOf(selection)
  const template = columns.map((column) =>
    isNumeric(column) ? `${widthOf(column)}px` : `minmax(${widthOf(column)}px, ${widthOf(column)}fr)`,
  )
  return (
    <div className="lines">
      <div
        ref={box}
        className={classes('grid', locked && 'is-locked')}
        role="grid"
        tabIndex={0}
        aria-label={section.title}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-readonly={locked}
        aria-activedescendant={`${id}-active`}
        data-testid="linegrid"
        style={vars({ cols: `44px ${template.join(' ')}` })}
        {...keys}
      >
        <div className="grid__row grid__head" role="row">
          <div className="grid__cell grid__index" role="columnheader">
            #
          </div>
          {columns.map((column) => (
            <div key={column.name} role="columnheader" className={classes('grid__cell', isNumeric(column) && 'num')} title={column.help}>
              {column.label}
              {column.required && !locked && <em aria-hidden>*</em>}
            </div>
          ))}
        </div>
        {rows.map((row, r) => {
          const selected = r >= range.top && r <= range.bottom
          const active = r === activeRow
          return (
            <GridRow
              key={row._k}
              id={id}
              row={row}
              r={r}
              columns={columns}
              stored={row.id === undefined ? undefined : stored.get(row.id)}
              computed={computed}
              errors={errors[row._k]}
              active={active ? activeColumn : -1}
              left={selected ? range.left : -1}
              right={selected ? range.right : -1}
              editing={active ? editing : null}
              grid={handlers}
              context={context}
            />
          )
        })}
        {rows.length === 0 && <p className="grid__none">{t('lines.none')}</p>}
      </div>
      <GridBar section={section} rows={rows} stored={stored} computed={computed} locked={locked} commands={rowCommands(sheet)} />
    </div>
  )
}
