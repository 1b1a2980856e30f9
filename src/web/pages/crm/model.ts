import type { Id, RefValue } from '@/api/types'

export interface Stage {
  id: Id
  name: string
  probability: string
  days: number
}

export interface Deal {
  id: Id
  version: number
  title: string
  customer: RefValue | null
  stage: RefValue | null
  amount: string | null
  weighted: string | null
  expected_on: string | null
  stage_since: string | null
  owner: RefValue | null
}

const DAY = 86_400_000

/** Whole days from one date to another. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** Longer in its stage than is usual there. */
export const isStuck = (deal: Deal, stage: Stage, today: string) =>
  stage.days > 0 && !!deal.stage_since && daysBetween(deal.stage_since, today) > stage.days

export const isLate = (deal: Deal, today: string) => !!deal.expected_on && deal.expected_on < today

/** The cards of a stage: those expected first on top, those without a date last. */
export const dealsOf = (deals: Deal[], stage: Stage) =>
  deals
    .filter((deal) => String(deal.stage?.id) === String(stage.id))
    .sort((a, b) => (a.expected_on ?? '9').localeCompare(b.expected_on ?? '9') || Number(a.id) - Number(b.id))

/** The stage so many steps away, if there is one. */
export const stageBeside = (stages: Stage[], id: Id | undefined, step: number) =>
  stages[stages.findIndex((stage) => String(stage.id) === String(id)) + step]

/** The sum of decimal strings for a heading: exact in cents. */
export function total(values: (string | null)[]): string {
  const cents = values.reduce((sum, value) => sum + BigInt(Math.round(Number(value ?? 0) * 100)), 0n)
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
}

/** So many days from a date, as a date. */
export const plusDays = (day: string, days: number) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
