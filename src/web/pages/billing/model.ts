import { get } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { BillLine, Invoice, Ways } from '@/kit/paying/model'
import { formatNumber, formatSize } from '@/shared/format'

export const URL = '/api/v1/billing/'

export interface Plan {
  code: string
  name: string
  /** What it holds of the product, by name; nothing named: all of it. */
  parts: string[]
  seats: number
  storage_gb: number | null
  documents: number | null
  api_calls: number | null
  monthly: string
  yearly: string
  seat_monthly: string
  seat_yearly: string
  currency: string
  beyond: { documents?: string; api_calls?: string }
}

export type PeriodName = 'month' | 'year'

export interface Use {
  name: 'seats' | 'storage' | 'documents' | 'api_calls'
  unit: 'count' | 'bytes'
  used: number
  most: number | null
  /** What more than that costs, where it is charged: a price for so many, and what this month comes to. */
  beyond?: { price: string; per: number; cost: string }
}

/** What takes the place of the present plan when the paid period ends. */
export interface Planned {
  code: string
  plan: string
  period: PeriodName
  seats: number
  from: string
  renewal: string
  paid: boolean
}

export interface Overview extends Ways {
  company: string
  plan: Plan
  period: PeriodName
  seats: number
  status: 'trial' | 'active' | 'past_due' | 'canceled'
  status_label: string
  collection: 'none' | 'card' | 'prepaid' | 'free'
  collection_label: string
  last_day: string | null
  days_left: number | null
  cancel_at_period_end: boolean
  planned: Planned | null
  by_card: boolean
  renewal: string
  usage: Use[]
}

export interface Warning {
  name: Use['name'] | 'planned'
  detail: string
  used?: number
  most?: number
  unit?: Use['unit']
}

export interface Preview {
  lines: BillLine[]
  now: string
  renewal: string
  at: number
  /** From when it holds, where less waits for the end of what is paid. */
  starts: string | null
  warnings: Warning[]
}

export interface Title {
  title: string
  tax_number: string
  kind: 'ordinary' | 'special'
  address: string
  phone: string
  bank_name: string
  bank_account: string
  email: string
}

export interface Wanted {
  plan: string
  period: PeriodName
  seats: number
  coupon: string
  method: string
}

export const overview = { queryKey: ['billing'], queryFn: () => get<Overview>(URL) }
export const plans = { queryKey: ['billing-plans'], queryFn: () => get<{ rows: Plan[] }>(`${URL}plans/`), staleTime: 300_000 }
export const invoices = { queryKey: ['billing-invoices'], queryFn: () => get<{ rows: Invoice[] }>(`${URL}invoices/`) }

export async function refresh() {
  await Promise.all([overview, invoices].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
}

/** Whether this is what the company pays for already. */
export const has = ({ plan, period, seats, status, collection }: Overview, wanted: Wanted) =>
  status === 'active' &&
  (collection === 'card' || collection === 'prepaid') &&
  plan.code === wanted.plan &&
  period === wanted.period &&
  seats === wanted.seats

/** How close to its limit something is. */
export function tone({ used, most }: Use): 'cyan' | 'orange' | 'red' {
  if (most === null || used < most * 0.8) return 'cyan'
  return used < most ? 'orange' : 'red'
}

const GB = 2 ** 30
const size = (bytes: number) => (bytes >= GB ? `${formatNumber((bytes / GB).toFixed(1))} GB` : formatSize(bytes))

/** An amount of use in words a person reads. */
export const amount = (value: number, unit: Use['unit']) => (unit === 'bytes' ? size(value) : formatNumber(value))
