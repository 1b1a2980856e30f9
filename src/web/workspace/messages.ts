import { post } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Id } from '@/api/types'
import { docUrl } from './route'
import { openTab } from './tabs'

export interface Message {
  id: Id
  at: string
  title: string
  text: string
  link: { _key: string; id: Id } | null
  read: boolean
  kind: 'approval' | 'alert' | 'mention' | 'notice' | 'job'
  level: '' | 'info' | 'warning' | 'critical'
  /** Its reader is asked to say that they have taken it up. */
  ack: boolean
  acknowledged_at: string | null
  reason: string
  snoozed_until: string | null
}

export const MESSAGES = '/api/v1/me/messages/'
/** What a message may point to that is no document. */
const OWN_PAGES: Record<string, string> = { job: '/w/page/jobs', company: '/w/page/company', alerts: '/w/page/alerts' }

export const refreshMessages = () =>
  Promise.all(['messages', 'meta', 'alerts'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })))

export type Verb = 'read' | 'unread' | 'acknowledge' | 'snooze'

export async function handle(verb: Verb, ids: Id[], more: { reason?: string; until?: string } = {}) {
  await post(`${MESSAGES}handle/`, { verb, ids, ...more })
  await refreshMessages()
}

/** Go where a message points; whoever has been there has read it. */
export async function openMessage({ id, link, read }: Message) {
  if (link) openTab(OWN_PAGES[link._key] ?? docUrl(link._key, link.id))
  if (!read) await handle('read', [id])
}
