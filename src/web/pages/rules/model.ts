import type { FormulaName } from '@/kit/formula/model'

export interface Person {
  who: 'owner' | 'creator' | 'superior' | 'head' | 'role' | 'member' | 'field' | 'administrators'
  level?: number
  id?: number
  field?: string
}

export interface Step {
  days: number
  to: Person[]
  channels?: string[]
}

export interface Kind {
  key: string
  label: string
  fields: FormulaName[]
  people: { name: string; label: string }[]
  events: { kind: string; label: string }[]
}

export const WHO: Person['who'][] = ['owner', 'superior', 'head', 'role', 'member', 'field', 'creator', 'administrators']
const AFTER = 3

/** The ladder as it is kept, whatever came. */
export const stepsOf = (value: unknown): Step[] => (Array.isArray(value) ? (value as Step[]) : [])

/** A rung more: some days after the last one, for somebody further up. */
export function added(steps: Step[]): Step[] {
  const last = steps.at(-1)
  if (!last) return [{ days: 0, to: [{ who: 'owner' }] }]
  const higher: Person = last.to.some(({ who }) => who === 'superior') ? { who: 'head' } : { who: 'superior', level: 1 }
  return [...steps, { days: last.days + AFTER, to: [higher] }]
}

export const changed = (steps: Step[], at: number, next: Partial<Step>): Step[] =>
  steps.map((step, place) => (place === at ? { ...step, ...next } : step))

/** The places of rungs that do not come after the one before. */
export const backwards = (steps: Step[]): number[] =>
  steps.flatMap((step, at) => (at > 0 && step.days <= (steps[at - 1]?.days ?? -Infinity) ? [at] : []))

/** T−3, T, T+5: how a rung is called on the line. */
export const mark = (days: number) => (days === 0 ? 'T' : days < 0 ? `T−${-days}` : `T+${days}`)
