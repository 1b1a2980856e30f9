import { create } from 'zustand'
import type { Values } from '@/api/types'

interface Pending {
  verb: string
  values: Values
  /** Called when it has been carried out: back to where it was wanted. */
  done: () => void
}

/** Verbs to be begun when their document is next on screen, by the document's key and id. */
export const usePending = create<Record<string, Pending>>()(() => ({}))

export function takePending(doc: string): Pending | undefined {
  const { [doc]: found, ...rest } = usePending.getState()
  if (found) usePending.setState(rest, true)
  return found
}
