import type { Values } from '@/api/types'

/** What a person has typed and not saved: only the touched fields, and what those fields held when they were read. */
export interface Draft {
  edits: Values
  base: Values
  version: number | null
  title: string
  at: string
  device: string
  /** When this state was last known to the server; older than `at` means something is still to be sent. */
  sent?: string
}

export type Drafts = Record<string, Draft>
/** Drafts saved or given up here, and the moment; the server may still hold them. */
export type Dropped = Record<string, string>

const isEmpty = (value: unknown) => value === null || value === undefined || value === ''
const isBlank = (row: unknown) =>
  typeof row === 'object' && row !== null && !('id' in row) && Object.entries(row).every(([name, value]) => name === '_k' || isEmpty(value))
const told = (value: unknown) => JSON.stringify(isEmpty(value) ? null : Array.isArray(value) ? value.filter((row) => !isBlank(row)) : value)

/** Whether a person has put anything in. What the program filled in for a new document, and lines that stayed blank, are nobody's work. */
export const isTyped = ({ version, edits, base }: Pick<Draft, 'version' | 'edits' | 'base'>) =>
  version !== null || Object.entries(edits).some(([path, value]) => told(value) !== told(base[path] ?? (Array.isArray(value) ? [] : null)))

/** One draft written on two devices: the newer one wins field by field, and nothing typed only once is lost. */
export function joined(a: Draft, b: Draft): Draft {
  const [older, newer] = a.at <= b.at ? [a, b] : [b, a]
  return { ...newer, edits: { ...older.edits, ...newer.edits }, base: { ...older.base, ...newer.base } }
}

/** A draft that had reached the server before we asked, and is not there, was saved or given up elsewhere. */
const endedElsewhere = (draft: Draft, asked: Draft | undefined) => !!draft.sent && draft.sent >= draft.at && asked?.sent === draft.sent

/**
 * What this browser keeps against what the server answered. `asked` is how the browser's drafts stood when the
 * question went out: what reached the server since then is not in the answer, and stays.
 */
export function reconciled(local: Drafts, remote: Drafts, asked: Drafts = local, dropped: Dropped = {}): Drafts {
  const result: Drafts = {}
  const alive = Object.entries(remote).filter(([key, draft]) => (dropped[key] ?? '') < draft.at)
  const theirs = Object.fromEntries(alive)
  for (const [key, draft] of Object.entries(local)) {
    const other = theirs[key]
    if (other) result[key] = draft.at === other.at ? draft : joined(draft, other)
    else if (!endedElsewhere(draft, asked[key])) result[key] = draft
  }
  for (const [key, draft] of alive) result[key] ??= { ...draft, sent: draft.at }
  return result
}
