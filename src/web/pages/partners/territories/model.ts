import type { Id } from '@/api/types'

export const WAYS = ['region', 'unit', 'position'] as const
export type Way = (typeof WAYS)[number]

export interface Row {
  id: Id | null
  label: string
  parent: Id | null
  /** The names of all sales regions that are counted here. */
  regions: string[]
  customers: number
  leads: number
  opportunities: number
  contracts: number
  open: string | null
  signed: string | null
  before: string | null
  collected: string | null
}

export type Placed = Row & { depth: number }

/** Regions below those they lie in, each as deep as it stands; what no region has comes last. */
export function tree(rows: Row[]): Placed[] {
  const known = new Set(rows.map(({ id }) => id))
  const below = (parent: Id | null, depth: number): Placed[] =>
    rows
      .filter((row) => row.id !== null && (known.has(row.parent) && row.parent !== null ? row.parent : null) === parent)
      .flatMap((row) => [{ ...row, depth }, ...below(row.id, depth + 1)])
  return [...below(null, 0), ...rows.filter(({ id }) => id === null).map((row) => ({ ...row, depth: 0 }))]
}

/** How the list of what is counted is asked for. */
export const asked = (name: string, regions: string[]) => regions.map((region) => `${name}=${encodeURIComponent(region)}`).join('&')

/** Whether nothing was counted at all. */
export const empty = (row: Row) =>
  !row.customers && !row.leads && !row.opportunities && !row.contracts && (row.before === null || Number(row.before) === 0)
