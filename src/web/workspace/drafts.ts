import { clear, createStore, entries, del as forget, set as keep } from 'idb-keyval'
import { create } from 'zustand'
import { del, get, put } from '@/api/http'
import type { Rows } from '@/api/types'
import { type Draft, type Drafts, type Dropped, reconciled } from './drafts.model'

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
let scope = ''
const unkept = new Set<string>()
const unsent = new Set<string>()
/** Written at once as the page went away; a page may be told more than once that it goes. */
const leaving = new Set<string>()
let under = Promise.resolve()
const timers: { keep?: ReturnType<typeof setTimeout>; send?: ReturnType<typeof setTimeout> } = {}

/** Small things that must be written at once, and survive a page that goes away. */
const spilled = {
  read: <T>(name: string): Record<string, T> => JSON.parse(localStorage.getItem(`${name}:${scope}`) ?? '{}'),
  write: (name: string, value: object) =>
    Object.keys(value).length
      ? localStorage.setItem(`${name}:${scope}`, JSON.stringify(value))
      : localStorage.removeItem(`${name}:${scope}`),
}

function keepNow() {
  clearTimeout(timers.keep)
  timers.keep = undefined
  const { drafts } = useDrafts.getState()
  for (const key of unkept) if (drafts[key] && database) void keep(key, drafts[key], database)
  unkept.clear()
}

async function send(key: string, draft: Draft) {
  const { edits, base, at, version, title } = draft
  try {
    await put(url(key), { values: { edits, base, at }, version, device, title })
    useDrafts.setState(({ drafts }) => (drafts[key] ? { drafts: { ...drafts, [key]: { ...drafts[key], sent: at } } } : {}))
    unkept.add(key)
    timers.keep ??= setTimeout(keepNow, BROWSER_DELAY)
  } catch {
    unsent.add(key) // the browser holds it; the next change or the next visit sends it again
  }
}

async function sendAll() {
  const keys = [...unsent]
  unsent.clear()
  for (const key of keys) {
    const draft = useDrafts.getState().drafts[key]
    if (draft) await send(key, draft)
  }
}

/** What is typed while others are on their way goes after them. */
function sendNow() {
  clearTimeout(timers.send)
  timers.send = undefined
  under = under.then(sendAll)
  return under
}

/** Deleted on the server as soon as it can be reached, and not before what is on its way there has arrived. */
async function deleteRemote(key: string, at: string) {
  spilled.write('dropped', { ...spilled.read('dropped'), [key]: at })
  await under
  try {
    await del(url(key))
    const { [key]: _done, ...rest } = spilled.read<string>('dropped')
    spilled.write('dropped', rest)
  } catch {
    // told again at the next visit; until then it stays known as dropped
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
    if (!useDrafts.getState().drafts[key]) return
    unkept.delete(key)
    unsent.delete(key)
    if (database) void forget(key, database)
    void deleteRemote(key, new Date().toISOString())
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
  const asked = useDrafts.getState().drafts
  const remote = await remoteDrafts()
  if (!remote) return
  const dropped: Dropped = spilled.read('dropped')
  const { drafts } = useDrafts.getState()
  const next = reconciled(drafts, remote, asked, dropped)
  for (const key of Object.keys(drafts)) if (!next[key] && database) void forget(key, database)
  const brought = Object.keys(next).filter((key) => next[key]?.at !== drafts[key]?.at)
  useDrafts.setState(({ restored }) => ({ drafts: next, restored: new Set([...restored, ...brought]) }))
  for (const [key, at] of Object.entries(dropped)) if (!next[key]) void deleteRemote(key, at)
}

/** A page that goes away cannot wait for the database: what it had not kept yet is written where writing is immediate. */
function leave() {
  const { drafts } = useDrafts.getState()
  for (const key of unkept) leaving.add(key)
  spilled.write('drafts', Object.fromEntries([...leaving].flatMap((key) => (drafts[key] ? [[key, drafts[key]]] : []))))
  keepNow()
}

/** Log-out: what was typed goes to the server. Whether all of it has got there. */
export async function sendDrafts(): Promise<boolean> {
  await sendNow()
  return unsent.size === 0
}

/** Nothing typed stays in this browser; the server has it. */
export async function forgetDrafts() {
  clearTimeout(timers.keep)
  unkept.clear()
  leaving.clear()
  useDrafts.setState({ drafts: {}, restored: new Set() })
  if (database) await clear(database)
  spilled.write('drafts', {})
}

/** Drafts belong to one member of one company, also in the browser's own store. */
export async function startDrafts(owner: string) {
  scope = owner
  database = createStore(`drafts:${scope}`, 'drafts')
  const left = spilled.read<Draft>('drafts')
  spilled.write('drafts', {})
  const kept: Drafts = { ...Object.fromEntries(await entries<string, Draft>(database).catch(() => [])), ...left }
  useDrafts.setState({ drafts: kept, restored: new Set(Object.keys(kept)) })
  for (const key of Object.keys(left)) unkept.add(key)
  for (const [key, draft] of Object.entries(kept)) if (!draft.sent || draft.sent < draft.at) unsent.add(key)
  keepNow()
  timers.send = setTimeout(() => void sendNow(), SERVER_DELAY)
  void meetServer()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') {
      leaving.clear()
      spilled.write('drafts', {})
      return void meetServer()
    }
    leave()
    void sendNow()
  })
  window.addEventListener('pagehide', leave)
}
