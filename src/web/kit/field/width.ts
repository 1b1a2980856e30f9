import type { Field } from '@/api/types'

const [SHORT, LONG, USUAL] = [100, 260, 140]

/** How much of the room left over a column of words gets: short texts little, names and titles much. */
export const weightOf = (field: Field) =>
  field.max_length ? Math.min(LONG, Math.max(SHORT, field.max_length * 2)) : (field.width ?? USUAL)
