import type { Checklist, Place } from '@/api/choosing'
import type { Id } from '@/api/types'

/** What came of one document of several. */
export interface BulkRow {
  id: Id
  ok: boolean
  label: string
  code: string
  detail: string
  /** The steps of its approval at which whoever asks says who decides. */
  choose?: Place[]
  /** What a work standard wants checked first. */
  checklist?: Checklist
}

/** Documents that were refused until somebody answers a question, those with the same question together. */
export function asking(rows: BulkRow[]): BulkRow[][] {
  const found = new Map<string, BulkRow[]>()
  for (const row of rows.filter(({ choose, checklist }) => choose?.length || checklist)) {
    const question = JSON.stringify([row.choose, row.checklist])
    found.set(question, [...(found.get(question) ?? []), row])
  }
  return [...found.values()]
}

/** The same documents, with what came of those that were tried again. */
export const triedAgain = (rows: BulkRow[], again: BulkRow[]): BulkRow[] => rows.map((row) => again.find(({ id }) => id === row.id) ?? row)
