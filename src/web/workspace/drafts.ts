import { createStore, entries, del as forget, set as keep } from 'idb-keyval'
import { create } from 'zustand'
import { del, get, put } from '@/api/http'
import type { Rows } from '@/api/types'
import { type Draft, type Drafts, reconciled } from './drafts.model'

interface DraftStore {
  drafts: Drafts
  /** Drafts that were brought back, by a reload or from another device, and not yet acknowledged. */
  restored: ReadonlySet<string>
  acknowledge: (key: string) => void
  put: (key: string, draft: Pick<Draft, 'edits' | 'base' | 'version' | 'title'>) => void
  drop: (key: string) => void
}

const BROWSER_DELAY = 250
const SERVER_DELAY = 1500
const device = `${navigator.platform || 'web'} · ${/Edg|Firefox|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? ''}`
const url = (key: string) => `/api/v1/me/drafts/${encodeURIComponent(key)}/`

let database: ReturnType<typeof createStore> | undefined
const unkept = new Set<string>()
const unsent = new Set<string>()
const timers: { keep?: ReturnType<typeof setTimeout>; send?: ReturnType<typeof setTimeout> } = {}

function keepNow() {
  clearTimeout(timers.keep)
  timers.keep = undefined
  const { drafts } = useDrafts.getState()
  for (const key of unkept) if (drafts[key] && database) void keep(key, drafts[key], database)
  unkept.clear()
}

async function sendNow() {
  clearTimeout(timers.send)
  timers.send = undefined
  const keys = [...unsent]
  unsent.clear()
  for (const key of keys) {
    const draft = useDrafts.getState().drafts[key]
    if (!draft) continue
    const { edits, base, at } = draft
    try {
      await put(url(key), { values: { edits, base, at }, version: draft.version, device, title: draft.title })
      useDrafts.setState(({ drafts }) => (drafts[key] ? { drafts: { ...drafts, [key]: { ...drafts[key], sent: at } } } : {}))
      unkept.add(key)
      timers.keep ??= setTimeout(keepNow, BROWSER_DELAY)
    } catch {
      unsent.add(key) // the browser holds it; the next change or the next visit sends it again
    }
  }
}

/** Unsaved input by document: in memory at once, in this browser after a moment, on the server soon after. */
export const useDrafts = create<DraftStore>()((set) => ({
  drafts: {},
  restored: new Set(),
  acknowledge: (key) => set(({ restored }) => ({ restored: new Set([...restored].filter((one) => one !== key)) })),
  put: (key, draft) => {
    set(({ drafts }) => ({ drafts: { ...drafts, [key]: { ...draft, at: new Date().toISOString(), device, sent: drafts[key]?.sent } } }))
    unkept.add(key)
    unsent.add(key)
    timers.keep ??= setTimeout(keepNow, BROWSER_DELAY)
    clearTimeout(timers.send)
    timers.send = setTimeout(() => void sendNow(), SERVER_DELAY)
  },
  drop: (key) => {
    const known = useDrafts.getState().drafts[key]
    if (!known) return
    unkept.delete(key)
    unsent.delete(key)
    if (database) void forget(key, database)
    void del(url(key)).catch(() => undefined)
    set(({ drafts: { [key]: _dropped, ...rest } }) => ({ drafts: rest }))
    useDrafts.getState().acknowledge(key)
  },
}))

interface RemoteDraft extends Pick<Draft, 'version' | 'title' | 'device'> {
  key: string
  values: Pick<Draft, 'edits' | 'base' | 'at'>
}

async function remoteDrafts(): Promise<Drafts | null> {
  try {
    const { rows } = await get<Rows<RemoteDraft>>('/api/v1/me/drafts/')
    return Object.fromEntries(rows.map(({ key, values, ...rest }) => [key, { ...rest, ...values }]))
  } catch {
    return null // offline: what this browser kept is enough for now
  }
}

async function meetServer() {
  const remote = await remoteDrafts()
  if (!remote) return
  const { drafts } = useDrafts.getState()
  const next = reconciled(drafts, remote)
  for (const key of Object.keys(drafts)) if (!next[key] && database) void forget(key, database)
  const brought = Object.keys(next).filter((key) => next[key]?.at !== drafts[key]?.at)
  useDrafts.setState(({ restored }) => ({ drafts: next, restored: new Set([...restored, ...brought]) }))
}

/** Drafts belong to one member of one company, also in the browser's own store. */
export async function startDrafts(scope: string) {
  database = createStore(`drafts:${scope}`, 'drafts')
  const kept = await entries<string, Draft>(database).catch(() => [])
  useDrafts.setState({ drafts: Object.fromEntries(kept), restored: new Set(kept.map(([key]) => key)) })
  void meetServer()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') return void meetServer()
    keepNow()
    void sendNow()
  })
  window.addEventListener('pagehide', keepNow)
}
