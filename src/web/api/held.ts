import type { Doc, Id, RefValue } from './types'

/** A call that waits until others have decided. */
export interface Held {
  approval: Id
  text: string
  waiting_for: RefValue[]
}

/** What saving comes to when it has to be decided first; what was to be created is not there yet. */
export interface HeldAnswer {
  document: Doc | null
  held: Held
}
