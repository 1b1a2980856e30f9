import type { Id } from '@/api/types'
import type { Duty } from './catalogue'

export interface OwnPair {
  first: string
  second: string
  why: string
  on: boolean
}

/** What the company says of pairs of duties: which of the product's are switched off, and its own. */
export interface Said {
  off?: string[]
  own?: OwnPair[]
}

export interface Duties {
  rows: Duty[]
  setting: { id: Id | null; version: number; value: Said }
  can_change: boolean
}

export const SETTINGS = '/api/v1/organization/settings/'
export const PARAMETER = 'organization.duties'
export const nameOf = ({ first, second }: Pick<OwnPair, 'first' | 'second'>) => `${first} ${second}`

/** A pair switched on or off. */
export function switched({ off = [], own = [] }: Said, duty: Pick<Duty, 'name' | 'own'>, on: boolean): Said {
  if (duty.own) return { off, own: own.map((one) => (nameOf(one) === duty.name ? { ...one, on } : one)) }
  const others = off.filter((one) => one !== duty.name)
  return { off: on ? others : [...others, duty.name], own }
}

/** A pair of the company's own in the place of the one of that name, or added. */
export function kept({ off = [], own = [] }: Said, pair: OwnPair, before: string): Said {
  const there = own.some((one) => nameOf(one) === before)
  return { off, own: there ? own.map((one) => (nameOf(one) === before ? pair : one)) : [...own, pair] }
}

export const without = ({ off = [], own = [] }: Said, name: string): Said => ({ off, own: own.filter((one) => nameOf(one) !== name) })
