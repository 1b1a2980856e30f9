import type { Id } from '@/api/types'

export interface Authority {
  level: number
  name: string
  why: string[]
}

export interface PriceStep {
  step: string
  amount: string
  name: string
  policy: number | null
}

export interface PricedLine {
  id: Id
  description: string
  quantity: string
  amount: string
  floor: string
  net: string | null
  steps: PriceStep[]
}

export interface Deal {
  quote: Id
  number: string
  date: string
  state: string
  quantity: string
  price: string
  discount: string
}

export interface Hint {
  item: Id
  last: Deal[]
  range: { least: string; middle: string; most: string; deals: number } | null
  win_rate: { won: number; of: number; from: string; to: string } | null
}

export interface Repriced {
  id: Id
  description: string
  quantity: string
  list_before: string
  list: string
  price_before: string
  price: string
  changed: boolean
  difference: string
}

export interface Figures {
  quantity: string
  unit_price: string
  discount: string
  spec: string
  kind: string
  amount: string
}

export interface Comparison {
  before: { id: Id; number: string; total: string }
  after: { id: Id; number: string; total: string }
  terms: { name: string; label: string; from: string; to: string }[]
  lines: { description: string; before: Figures | null; after: Figures | null }[]
}

export interface Letter {
  id: Id
  email: string
  issued_at: string
  expires_on: string | null
  delivery: 'queued' | 'sent' | 'bounced'
  trouble: string
  opened_at: string | null
  talk: { at: string; name: string; text: string }[]
}

/** How wide a bar is drawn, in percent of the dearest step. */
export function share(amount: string, steps: PriceStep[]): number {
  const most = Math.max(...steps.map((step) => Math.abs(Number(step.amount))), 1)
  return Math.round((Math.abs(Number(amount)) / most) * 100)
}
