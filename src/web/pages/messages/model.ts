import type { Id } from '@/api/types'
import type { Message } from '@/workspace/messages'

export const BOXES = ['inbox', 'unread', 'waiting', 'snoozed'] as const
export type Box = (typeof BOXES)[number]
export const KINDS = ['approval', 'alert', 'mention', 'notice', 'job'] as const
export type Kind = (typeof KINDS)[number]
export const KIND_COLOURS: Record<Kind, string> = { approval: 'purple', alert: 'orange', mention: 'blue', notice: 'cyan', job: 'default' }

/** Kinds that are put off with a reason only: somebody waits for them. */
const EXPLAINED: Kind[] = ['alert', 'approval']
export const needsReason = (messages: Message[]) => messages.some(({ kind }) => EXPLAINED.includes(kind))

/** The row before or after another; the first one when none is chosen, the same one at the ends. */
export function neighbour(ids: Id[], current: Id | null, step: 1 | -1): Id | null {
  const at = current === null ? -1 : ids.indexOf(current)
  if (at < 0) return ids[0] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null
}
