import Big from 'big.js'
import type { Colour, DocLink, Id, RefValue } from '@/api/types'
import { docUrl } from '@/workspace/route'

export const BOXES = ['waiting', 'done', 'started', 'copied'] as const
export type Box = (typeof BOXES)[number]
export const URL = '/api/v1/approvals/inbox/'

/** Something to decide, or that was decided, with the facts one decides by. */
export interface Card {
  id: Id
  version: number
  approval: Id
  document: Omit<DocLink, 'id'> & { id: Id | null }
  resource_label: string
  verb_label: string
  node_name: string
  by: RefValue
  since: string
  due: string | null
  late: boolean
  state_label: string
  color: Colour
  amount: string | null
  facts: { label: string; text: string }[]
  actions: string[]
  /** What is not possible just now, with the reason. */
  blocked?: Record<string, string>
  signature: boolean
  choose?: boolean
  /** Who has what I began. */
  waiting_for?: RefValue[]
  comment?: string
  decision_label?: string
  decided_at?: string | null
}

export interface Counts {
  waiting: number
  late: number
  copied: number
}

export interface Asked {
  q: string
  resource: string
  late: boolean
}

/** Where a card leads: to its document, or, before there is one, to the decision itself. */
export const placeOf = ({ document, approval }: Card) =>
  document.id === null ? docUrl('approvals.approval', approval) : docUrl(document._key, document.id)

/** What the cards that have an amount come to. */
export function total(cards: Card[]): string | null {
  const amounts = cards.flatMap(({ amount }) => amount ?? [])
  return amounts.length ? amounts.reduce((sum, amount) => sum.plus(amount), Big(0)).toFixed(2) : null
}

/** The card that a key leads to; at either end one stays. */
export const stepped = (ids: Id[], current: Id | null, step: 1 | -1): Id | null =>
  ids[Math.max(0, Math.min(ids.length - 1, (current === null ? -1 : ids.indexOf(current)) + step))] ?? null
