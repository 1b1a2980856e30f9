import type { Id, Values } from '@/api/types'

export interface Authority {
  level: number
  name: string
  why: string[]
  /** Who was asked to agree once it is submitted. */
  asked?: string[] | null
  /** List price and floor of the whole, where the reader may see them. */
  full: string | null
  floor: string | null
  /** The least by the full cost that was estimated, for those who see costs. */
  least?: string | null
  /** What to mind: goods offered out of their territory, a delivery promised too early. */
  warnings: { code: string; detail: string }[]
  /** The line that takes longest, from 0, its days and what they come from; the day that is promised to who accepts today, and whether the
   *  promise follows the lines. */
  lead?: { line: number; days: number; of?: 'configuration' | 'item'; promised?: string; followed?: boolean } | null
}

export interface PriceStep {
  step: string
  amount: string
  name: string
  /** What the selection table calls a chosen option. */
  label?: string
  policy: number | null
}

export interface PricedLine {
  /** None of a line that is not saved yet. */
  id: Id | null
  description: string
  quantity: string
  amount: string
  floor: string | null
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
  /** The model code of a configured machine. */
  model: string
}

export interface Hint {
  item: Id
  /** By what the deals are alike that stand in the range and the win rate. */
  compared: { by: 'model' | 'base' | 'item' | 'series'; label: string } | null
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
  /** The company's rules give another price than they did. */
  changed: boolean
  /** Somebody typed its price over the company's. */
  typed: boolean
  /** Its selection table has been replaced; whether its choices can be made with the present version. */
  version: { from: string; to: string; possible: boolean } | null
  difference: string
}

export interface WeighedPrice {
  what: 'least' | 'wanted' | 'offered'
  net: string
  price: string
  profit: string
  margin: string | null
  quote?: { id: Id; number: string }
  missing?: string
}

export interface WeighedCost {
  kind: string
  label: string
  amount: string
  share: string
  before: string | null
}

export interface Weighed {
  costs: WeighedCost[]
  prices: WeighedPrice[]
  against: Id | null
  versions: { id: Id; number: string; date: string | null; total_cost: string; price: string }[]
}

/** How much more a kind costs than in the version it is compared with. */
export const amountOf = (cost: WeighedCost) => Number(cost.amount) - Number(cost.before ?? cost.amount)

export interface Figures {
  quantity: string
  unit_price: string
  discount: string
  amount: string
}

export interface Change {
  name: string
  label: string
  from: string
  to: string
}

export interface Comparison {
  before: { id: Id; number: string; total: string; currency: string }
  after: { id: Id; number: string; total: string; currency: string }
  terms: Change[]
  lines: { description: string; before: Figures | null; after: Figures | null; changes: Change[] }[]
}
/** What is really taken off a line: a typed price counts as a discount from the list price. */
export function discountOf(line: Values): string {
  const full = Number(line.list_price) * Number(line.quantity)
  return full > 0 ? Math.max(0, (1 - Number(line.amount) / full) * 100).toFixed(2) : '0'
}

/** An amount of a line for one unit; empty where it is not shown. */
export function perUnit(amount: unknown, quantity: unknown): string {
  const each = Number(amount) / Number(quantity)
  return Number.isFinite(each) && each > 0 ? each.toFixed(2) : ''
}

/** Below what nobody sells alone: the floor of the lines, or what their estimated full cost asks for where that is more. */
export const floorOf = ({ floor, least }: Authority) => (Number(least ?? 0) > Number(floor ?? 0) ? least : floor)

/** Where an amount lies on a bar whose end is the list price, in percent. */
export const placeOf = (amount: string, full: string) => Math.min(Math.max((Number(amount) / Number(full)) * 100, 0), 100)

/** How wide a bar is drawn, in percent of the dearest step. */
export function share(amount: string, steps: PriceStep[]): number {
  const most = Math.max(...steps.map((step) => Math.abs(Number(step.amount))), 1)
  return Math.round((Math.abs(Number(amount)) / most) * 100)
}
