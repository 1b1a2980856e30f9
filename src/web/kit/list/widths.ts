import type { Field } from '@/api/types'
import { isNumeric } from '../field/parse'
import { pathOf } from '../field/path'
import { headed, weightOf } from '../field/width'

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
  bool: 64,
  ref: 150,
  member: 84,
  unit: 96,
}
const CHECK = 42
const [LEAST, MOST] = [48, 900]

const isRigid = (field: Field) => isNumeric(field) || ['date', 'datetime', 'bool', 'state'].includes(field.type)
const longest = (field: Field) => Math.max(0, ...(field.options ?? []).map(({ label }) => headed(label)))
/** Columns of words can grow, those of days and marks cannot: their headings are cut only where they are long, those of figures never. */
const narrowest = (field: Field) => {
  if (field.type === 'text') return Math.min(128, Math.max(104, weightOf(field) * 0.7))
  if (field.type === 'state') return Math.min(130, Math.max(112, longest(field) + 6))
  if (field.type === 'choice') return Math.min(96, Math.max(84, longest(field)))
  const heading = isNumeric(field) ? headed(field.label) : isRigid(field) ? Math.min(110, headed(field.label)) : 0
  return Math.max(NARROWEST[field.type] ?? 116, heading)
}

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
