import type { Field } from '@/api/types'

const [SHORT, LONG, USUAL] = [100, 260, 140]

/** How much of the room left over a column of words gets: short texts little, names and titles much. */
export const weightOf = (field: Field) =>
  field.max_length ? Math.min(LONG, Math.max(SHORT, field.max_length * 2)) : (field.width ?? USUAL)

/** What a heading needs in one line: a Chinese character is twice a letter. */
export const headed = (label: string) => 26 + [...label].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7), 0)

/** What it needs where it may run over lines: the longest word of letters stays whole. */
export const wrapped = (label: string) => Math.max(0, ...(label.match(/[a-z'-]+/gi) ?? []).map(headed))
