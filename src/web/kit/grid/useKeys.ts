import type { ClipboardEvent, KeyboardEvent, MouseEvent } from 'react'
import type { Field } from '@/api/types'
import { chord } from '@/shared/chord'
import {
  arrowStep,
  at,
  type Cell,
  cleared,
  filledDown,
  inserted,
  movedBy,
  nextCell,
  parseTsv,
  pasted,
  rangeOf,
  removed,
  shifted,
  toTsv,
} from './model'
import type { ChangeRows, Grid } from './useGrid'

interface Sheet {
  grid: Grid
  columns: Field[]
  count: number
  change: ChangeRows
  locked: boolean
  /** The cell's value, and its text for an editor or a clipboard. */
  value: (cell: Cell) => unknown
  text: (cell: Cell) => string
}

const cellAt = (event: MouseEvent): Cell | null => {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-r]')
  return cell ? { r: Number(cell.dataset.r), c: Number(cell.dataset.c ?? -1) } : null
}

/** Rows as a whole: also what the buttons under the grid do. */
export function rowCommands({ grid, columns, change, count, value }: Sheet) {
  const range = rangeOf(grid.selection)
  const { active } = grid.selection
  return {
    insert: () => change((rows) => inserted(rows, range.top, range.bottom - range.top + 1)),
    append: () => {
      change((rows) => inserted(rows, rows.length))
      grid.select(at(count, 0))
    },
    remove: () => {
      change((rows) => removed(rows, range))
      grid.select(movedBy(at(range.top, active.c), 0, 0, count - (range.bottom - range.top + 1), columns.length))
    },
    move: (step: 1 | -1) => {
      if (range.top + step < 0 || range.bottom + step >= count) return
      change((rows) => shifted(rows, range, step))
      const { anchor } = grid.selection
      grid.select({ active: { ...active, r: active.r + step }, anchor: { ...anchor, r: anchor.r + step } })
    },
    fill: () => change((rows) => filledDown(rows, columns, range, value)),
    clear: () => change((rows) => cleared(rows, columns, range)),
  }
}

/** `about` opens what is known besides about the value under the cursor. */
export function useKeys(sheet: Sheet, about?: () => void) {
  const { grid, columns, count, change, locked, value, text } = sheet
  const { selection, select, editing, edit } = grid
  const range = rangeOf(selection)
  const rows = rowCommands(sheet)

  const shortcuts: Record<string, () => void> = {
    Enter: () => edit(text(selection.active)),
    F2: () => edit(text(selection.active)),
    ...(about && { 'Alt+Enter': about }),
    'Ctrl+a': () => select({ active: { r: count - 1, c: columns.length - 1 }, anchor: { r: 0, c: 0 } }),
    ...(locked
      ? {}
      : {
          Delete: rows.clear,
          Backspace: rows.clear,
          Insert: rows.insert,
          'Ctrl+d': rows.fill,
          'Ctrl+Delete': rows.remove,
          'Alt+ArrowUp': () => rows.move(-1),
          'Alt+ArrowDown': () => rows.move(1),
        }),
  }

  const tab = (event: KeyboardEvent) => {
    const next = nextCell(selection.active, columns, count, event.shiftKey ? -1 : 1)
    if (next === selection.active) return // at either end Tab leaves the grid
    event.preventDefault()
    select(at(next.r, next.c))
  }

  const typed = (event: KeyboardEvent) => {
    if (event.key === ' ' && columns[selection.active.c]?.type === 'bool') {
      event.preventDefault()
      edit('')
      grid.latest.current.editing = ''
      grid.commit({ value: value(selection.active) !== true }, 'stay')
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1) {
      event.preventDefault()
      edit(event.key)
    } else if (event.key === 'Process' || event.nativeEvent.keyCode === 229) edit('') // an input method has begun
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing !== null) return
    const shortcut = shortcuts[chord(event)]
    const arrow = event.altKey ? null : arrowStep(event.key, event.ctrlKey || event.metaKey)
    if (shortcut || arrow) event.preventDefault()
    if (shortcut) shortcut()
    else if (arrow) select(movedBy(selection, arrow[0], arrow[1], count, columns.length, event.shiftKey))
    else if (event.key === 'Tab') tab(event)
    else typed(event)
  }

  const onMouseDown = (event: MouseEvent) => {
    const cell = cellAt(event)
    if (!cell || event.button !== 0 || (event.target as HTMLElement).closest('.grid__editor, .ant-select-dropdown')) return
    if (cell.c < 0) select({ active: { r: cell.r, c: columns.length - 1 }, anchor: { r: cell.r, c: 0 } })
    else select({ active: cell, anchor: event.shiftKey ? selection.anchor : cell })
  }

  const onMouseMove = (event: MouseEvent) => {
    const cell = event.buttons === 1 && editing === null ? cellAt(event) : null
    if (cell && cell.c >= 0 && (cell.r !== selection.active.r || cell.c !== selection.active.c)) select({ ...selection, active: cell })
  }

  const onCopy = (event: ClipboardEvent) => {
    if (editing !== null) return
    event.preventDefault()
    const { top, bottom, left, right } = range
    const cells = Array.from({ length: bottom - top + 1 }, (_, r) =>
      Array.from({ length: right - left + 1 }, (_, c) => text({ r: top + r, c: left + c })),
    )
    event.clipboardData.setData('text/plain', toTsv(cells))
    if (event.type === 'cut' && !locked) rows.clear()
  }

  const onPaste = (event: ClipboardEvent) => {
    if (editing !== null || locked) return
    event.preventDefault()
    const data = parseTsv(event.clipboardData.getData('text/plain'))
    const corner = { r: range.top, c: range.left }
    const single = data.length === 1 && data[0]?.length === 1
    const block = single
      ? Array.from({ length: range.bottom - range.top + 1 }, () => Array(range.right - range.left + 1).fill(data[0]?.[0] ?? ''))
      : data
    change((known) => pasted(known, columns, corner, block))
    const width = Math.max(...block.map((cells) => cells.length))
    select({ anchor: corner, active: { r: corner.r + block.length - 1, c: Math.min(columns.length, corner.c + width) - 1 } })
  }

  const onDoubleClick = () => edit(text(selection.active))
  return { onKeyDown, onMouseDown, onMouseMove, onCopy, onCut: onCopy, onPaste, onDoubleClick }
}
