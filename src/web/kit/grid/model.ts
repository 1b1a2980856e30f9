import type { Field } from '@/api/types'
import { type LineEdit, newLine } from '../document/model'
import { isReference, parseText } from '../field/parse'
import { pathOf } from '../field/path'

/** Spreadsheet logic without React or DOM. */
export interface Cell {
  r: number
  c: number
}
export interface Selection {
  active: Cell
  anchor: Cell
}
export interface Range {
  top: number
  bottom: number
  left: number
  right: number
}
export type Step = 'down' | 'up' | 'next' | 'back' | 'stay'

export const at = (r: number, c: number): Selection => ({ active: { r, c }, anchor: { r, c } })

export const rangeOf = ({ active, anchor }: Selection): Range => ({
  top: Math.min(active.r, anchor.r),
  bottom: Math.max(active.r, anchor.r),
  left: Math.min(active.c, anchor.c),
  right: Math.max(active.c, anchor.c),
})

const clamp = (value: number, max: number) => Math.max(0, Math.min(max, value))

export function movedBy(selection: Selection, dr: number, dc: number, rows: number, columns: number, extend = false): Selection {
  const active = { r: clamp(selection.active.r + dr, Math.max(0, rows - 1)), c: clamp(selection.active.c + dc, columns - 1) }
  return { active, anchor: extend ? selection.anchor : active }
}

/** Tab goes to the next cell that can be written, over the end of the row; at the very end it stays. */
export function nextCell(cell: Cell, columns: Field[], rows: number, step: 1 | -1): Cell {
  const width = columns.length
  let place = cell.r * width + cell.c + step
  while (place >= 0 && place < rows * width && columns[place % width]?.readonly) place += step
  return place < 0 || place >= rows * width ? cell : { r: Math.floor(place / width), c: place % width }
}

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-12, 0],
  PageDown: [12, 0],
  Home: [0, -1e4],
  End: [0, 1e4],
}

export function arrowStep(key: string, far: boolean): [number, number] | null {
  const step = ARROWS[key]
  if (!step) return null
  const [dr, dc] = step
  if (far && (key === 'Home' || key === 'End')) return [dc, dc]
  return far ? [dr * 1e4, dc * 1e4] : step
}

/** Clipboard text of Excel: tab-separated; cells holding tabs, newlines or quotes are quoted. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  const put = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let i = 0; i < source.length; i++) {
    const char = source[i] ?? ''
    if (quoted && char === '"' && source[i + 1] === '"') {
      cell += '"'
      i++
    } else if (char === '"' && (quoted || cell === '')) quoted = !quoted
    else if (!quoted && char === '\t') put()
    else if (!quoted && char === '\n') {
      put()
      rows.push([])
    } else cell += char
  }
  put()
  return rows
}

export const toTsv = (cells: string[][]) =>
  cells.map((row) => row.map((cell) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n')

const written = (row: LineEdit, column: Field | undefined, text: string): LineEdit =>
  column && !column.readonly ? { ...row, [pathOf(column)]: parseText(text, column) } : row

export function setCell(rows: LineEdit[], columns: Field[], { r, c }: Cell, value: unknown): LineEdit[] {
  const column = columns[c]
  if (!column || column.readonly) return rows
  return rows.map((row, i) => (i === r ? { ...row, [pathOf(column)]: value } : row))
}

export const setText = (rows: LineEdit[], columns: Field[], cell: Cell, text: string) => {
  const column = columns[cell.c]
  return column ? setCell(rows, columns, cell, parseText(text, column)) : rows
}

/** A block of text lands with its corner at the cell; rows are added as needed, computed columns are passed over. */
export function pasted(rows: LineEdit[], columns: Field[], corner: Cell, data: string[][]): LineEdit[] {
  const next = [...rows]
  data.forEach((cells, dr) => {
    const start = next[corner.r + dr] ?? newLine()
    next[corner.r + dr] = cells.reduce((row, text, dc) => written(row, columns[corner.c + dc], text), start)
  })
  return next
}

export function cleared(rows: LineEdit[], columns: Field[], { top, bottom, left, right }: Range): LineEdit[] {
  const blank = Object.fromEntries(
    columns
      .slice(left, right + 1)
      .filter((column) => !column.readonly)
      .map((column) => [pathOf(column), null]),
  )
  return rows.map((row, r) => (r < top || r > bottom ? row : { ...row, ...blank }))
}

/** The top row of the selection repeated downwards; `shown` tells values that stand there without having been typed. */
export function filledDown(
  rows: LineEdit[],
  columns: Field[],
  { top, bottom, left, right }: Range,
  shown: (cell: Cell) => unknown,
): LineEdit[] {
  const first = Object.fromEntries(
    columns.flatMap((column, c) => (c < left || c > right || column.readonly ? [] : [[pathOf(column), shown({ r: top, c }) ?? null]])),
  )
  return rows.map((row, r) => (r <= top || r > bottom ? row : { ...row, ...first }))
}

export const inserted = (rows: LineEdit[], r: number, count = 1) => rows.toSpliced(r, 0, ...Array.from({ length: count }, () => newLine()))
export const removed = (rows: LineEdit[], { top, bottom }: Range) => rows.filter((_, r) => r < top || r > bottom)

export function shifted(rows: LineEdit[], { top, bottom }: Range, step: 1 | -1): LineEdit[] {
  if (top + step < 0 || bottom + step >= rows.length) return rows
  const block = rows.slice(top, bottom + 1)
  return rows.toSpliced(top, block.length).toSpliced(top + step, 0, ...block)
}

/** Pasted or typed references that still are text, per column. */
export function unresolved(rows: LineEdit[], columns: Field[]): Map<Field, string[]> {
  const found = new Map<Field, Set<string>>()
  for (const column of columns.filter(isReference)) {
    for (const row of rows) {
      const value = row[pathOf(column)]
      if (typeof value !== 'object' || value === null || !('raw' in value)) continue
      const texts = found.get(column) ?? new Set<string>()
      found.set(column, texts.add(String(value.raw)))
    }
  }
  return new Map([...found].map(([column, texts]) => [column, [...texts]]))
}

export function resolved(rows: LineEdit[], column: Field, answers: Map<string, unknown>): LineEdit[] {
  const path = pathOf(column)
  let touched = false
  const next = rows.map((row) => {
    const value = row[path]
    const answer = typeof value === 'object' && value !== null && 'raw' in value ? answers.get(String(value.raw)) : undefined
    if (!answer) return row
    touched = true
    return { ...row, [path]: answer }
  })
  return touched ? next : rows
}
