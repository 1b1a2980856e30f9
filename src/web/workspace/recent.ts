import { create } from 'zustand'
import { type Entry, remembered } from './palette/model'

interface Recent {
  entries: Entry[]
  scope: string
  add: (entry: Entry) => void
}

/** Documents looked at lately, for the palette. */
export const useRecent = create<Recent>()((set, get) => ({
  entries: [],
  scope: '',
  add: (entry) => {
    const entries = remembered(get().entries, entry)
    set({ entries })
    localStorage.setItem(`recent:${get().scope}`, JSON.stringify(entries))
  },
}))

export function startRecent(scope: string) {
  const kept = localStorage.getItem(`recent:${scope}`)
  useRecent.setState({ scope, entries: kept ? (JSON.parse(kept) as Entry[]) : [] })
}
