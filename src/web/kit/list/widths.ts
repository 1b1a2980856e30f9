import type { Field } from '@/api/types'
import { isNumeric } from '../field/parse'
import { pathOf } from '../field/path'
import { weightOf } from '../field/width'

/** Widths a person has given to columns, in pixels, by path. */
export type Widths = Record<string, number>

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
const [LEAST, MOST] = [48, 900]

/** What a heading needs: a Chinese character is twice a letter. */
const headed = (label: string) => 26 + [...label].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7), 0)
const narrowest = (field: Field) => Math.max(NARROWEST[field.type] ?? 116, isNumeric(field) ? headed(field.label) : 0)
const isRigid = (field: Field) => isNumeric(field) || ['date', 'datetime', 'bool', 'state'].includes(field.type)

export const bounded = (width: number) => Math.round(Math.min(MOST, Math.max(LEAST, width)))

function trackOf(field: Field, width: number | undefined): string {
  if (width) return `${width}px`
  return isRigid(field) ? `${narrowest(field)}px` : `minmax(${narrowest(field)}px, ${weightOf(field)}fr)`
}

/** Figures keep their width, as do columns somebody has dragged; what is left goes to words, in proportion to the width they ask for. */
export const templateOf = (columns: Field[], widths: Widths) =>
  [`${CHECK}px`, ...columns.map((field) => trackOf(field, widths[pathOf(field)]))].join(' ')

/** Narrower than this the list scrolls sideways, heads and rows as one: a row that asked its own cells would stand askew. */
export const leastOf = (columns: Field[], widths: Widths) =>
  columns.reduce((sum, field) => sum + (widths[pathOf(field)] ?? narrowest(field)), CHECK)

export function withWidth(widths: Widths, path: string, width: number | undefined): Widths {
  const { [path]: _before, ...rest } = widths
  return width === undefined ? rest : { ...rest, [path]: width }
}
