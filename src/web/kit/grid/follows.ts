import type { Id, Line } from '@/api/types'
import type { LineEdit } from '../document/model'

/** What follows for a line that somebody changes by hand: the row as it is now, as it was, and the line as it is saved. */
export type Follow = (row: LineEdit, before: LineEdit, stored: Line | undefined) => LineEdit

const rules: Record<string, Follow> = {}

/** Of the lines of a document: `quoting.quote.lines`. */
export const registerFollow = (path: string, rule: Follow) => {
  rules[path] = rule
}

/** The rows after a change by hand, with what follows from it. */
export function followed(path: string, before: LineEdit[], now: LineEdit[], stored: Map<Id, Line>): LineEdit[] {
  const rule = rules[path]
  if (!rule || now === before) return now
  const were = new Map(before.map((row) => [row._k, row]))
  return now.map((row) => {
    const was = were.get(row._k)
    return was && was !== row ? rule(row, was, row.id === undefined ? undefined : stored.get(row.id)) : row
  })
}
