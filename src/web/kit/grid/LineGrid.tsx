import { useCallback, useEffect, useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Id, Line, LinesSection } from '@/api/types'
import { useCurrency } from '@/shared/currency'
import { currencySign, ownCurrency } from '@/shared/format'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { type Computed, type LineEdit, shownCell } from '../document/model'
import { editText } from '../field/format'
import { isNumeric } from '../field/parse'
import { pathOf } from '../field/path'
import { weightOf, wrapped } from '../field/width'
import { useCursorShared } from './cursor'
import { GridBar } from './GridBar'
import { GridRow } from './GridRow'
import { at, type Cell, rangeOf } from './model'
import { useAbout } from './useAbout'
import { type ChangeRows, type Grid, useGrid } from './useGrid'
import { rowCommands, useKeys } from './useKeys'
import { useResolve } from './useResolve'
import './grid.css'

export interface LinesProps {
  /** Which lines these are, for what is registered about them: `quoting.quote.lines`. */
  path?: string
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

const NARROWEST: Partial<Record<Field['type'], number>> = {
  int: 76,
  decimal: 78,
  percent: 80,
  money: 112,
  price: 102,
  date: 106,
  bool: 56,
  choice: 92,
  ref: 96,
}

const isAmount = (column: Field) => !column.home && (column.type === 'money' || column.type === 'price')

/** Figures keep their width; what is left goes to words, in proportion to the width they ask for. */
function templateOf(columns: Field[]): string {
  const width = (column: Field) => Math.max(NARROWEST[column.type] ?? 96, wrapped(column.label))
  const tracks = columns.map((column) => (isNumeric(column) ? `${width(column)}px` : `minmax(${width(column)}px, ${weightOf(column)}fr)`))
  return ['44px', ...tracks].join(' ')
}

/** A new set of errors takes the cursor to the first of them; later changes of the lines leave it where it is. */
function useErrorCursor(rows: LineEdit[], columns: Field[], errors: LinesProps['errors'], select: Grid['select']) {
  const latest = useRef({ rows, columns })
  latest.current = { rows, columns }
  useEffect(() => {
    const { rows, columns } = latest.current
    const r = rows.findIndex((row) => errors[row._k])
    const names = Object.keys(errors[rows[r]?._k ?? ''] ?? {})
    const c = columns.findIndex((column) => names.includes(pathOf(column)))
    if (r >= 0) select(at(r, Math.max(0, c)))
  }, [errors, select])
}

export function LineGrid(props: LinesProps) {
  const { path = '', section, rows, stored, computed, errors, locked, change, header } = props
  const { t } = useTranslation()
  const id = useId()
  const currency = useCurrency()
  const sign = currency !== ownCurrency() && currencySign(currency)
  const box = useRef<HTMLDivElement>(null)
  // holds the keyboard while no cell is being edited, so that any way of entering text begins an entry
  const catcher = useRef<HTMLTextAreaElement>(null)
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
  const about = useAbout(path, columns, grid, header, box)
  const keys = useKeys(sheet, about.toggle)

  useErrorCursor(rows, columns, errors, select)
  const take = useCallback(
    (r: number) => {
      select(at(r, 0))
      catcher.current?.focus({ preventScroll: true })
    },
    [select],
  )
  useCursorShared(rows, selection.active.r, take)
  const { r: activeRow, c: activeColumn } = selection.active
  const seen = useRef('0 0')
  useEffect(() => {
    const place = `${activeRow} ${activeColumn}`
    if (seen.current === place) return // the pane was shown again: it stands where it was left
    seen.current = place
    const cell = box.current?.querySelector(`[data-r="${activeRow}"][data-c="${activeColumn}"]`)
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeRow, activeColumn])

  const range = rangeOf(selection)
  return (
    <div className="lines">
      <div
        ref={box}
        className={classes('grid', locked && 'is-locked')}
        role="grid"
        tabIndex={-1}
        aria-label={section.title}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-readonly={locked}
        data-testid="linegrid"
        style={vars({ cols: templateOf(columns) })}
        {...keys}
        onFocus={(event) => event.target === event.currentTarget && catcher.current?.focus({ preventScroll: true })}
      >
        <textarea
          ref={catcher}
          className="grid__catcher"
          aria-label={section.title}
          aria-activedescendant={`${id}-active`}
          inputMode="none"
          readOnly={locked}
          rows={1}
          value=""
          onChange={(event) => event.target.value && grid.edit(event.target.value)}
        />
        <div className="grid__row grid__head" role="row">
          <div className="grid__cell grid__index" role="columnheader">
            #
          </div>
          {columns.map((column) => (
            <div
              key={column.name}
              role="columnheader"
              className={classes('grid__cell', isNumeric(column) && 'num')}
              title={column.help || column.label}
            >
              {column.label}
              {sign && isAmount(column) && <small> {sign}</small>}
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
              about={active && editing === null ? about : null}
            />
          )
        })}
        {rows.length === 0 && <p className="grid__none">{t('lines.none')}</p>}
      </div>
      <GridBar section={section} rows={rows} stored={stored} computed={computed} locked={locked} commands={rowCommands(sheet)} />
    </div>
  )
}
