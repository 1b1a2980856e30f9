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

/** One draft written on two devices: the newer one wins field by field, and nothing typed only once is lost. */
export function joined(a: Draft, b: Draft): Draft {
  const [older, newer] = a.at <= b.at ? [a, b] : [b, a]
  return { ...newer, edits: { ...older.edits, ...newer.edits }, base: { ...older.base, ...newer.base } }
}

/**
 * What this browser kept against what the server keeps. A draft that had reached the server and is gone there
 * was saved or dropped elsewhere; one with later input stays.
 */
export function reconciled(local: Drafts, remote: Drafts): Drafts {
  const result: Drafts = {}
  for (const [key, draft] of Object.entries(local)) {
    const other = remote[key]
    if (other) result[key] = draft.at === other.at ? draft : joined(draft, other)
    else if (!draft.sent || draft.sent < draft.at) result[key] = draft
  }
  for (const [key, draft] of Object.entries(remote)) result[key] ??= { ...draft, sent: draft.at }
  return result
}
