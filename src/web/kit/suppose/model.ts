import type { Doc, Field, Id, RefValue, Values } from '@/api/types'
import type { ChartData } from '@/kit/chart/options'

export interface Stage extends Values {
  id: Id | null
  seq: number
  name: string
  amount: string
  due_date: string | null
  paid: boolean
}

export interface Outlook {
  stages: Stage[]
  months: { month: string; amount: string }[]
  finance_cost: string
  days: string
  late: string
}

export interface Supposed {
  now: Outlook
  supposed: Outlook
  dates: Record<string, string>
  fixed: string[]
  rate: string
  currency: string
  total: string
}

/** What somebody supposes; what is left out is as it is. */
export interface Wish {
  plan?: Values[]
  scheme?: RefValue
  dates?: Record<string, string>
  rate?: string
}

/** What is asked of the server. */
export const question = ({ scheme, ...wish }: Wish) => ({ ...wish, ...(scheme ? { scheme: Number(scheme.id) } : {}) })

/** Of a stage, what can be supposed otherwise; the rest of its terms goes along. */
export const EDITED = ['name', 'percent', 'fixed_amount', 'base', 'trigger', 'offset_days', 'offset_months', 'fixed_date']
const TOLD = ['seq', 'amount', 'due_date', 'paid']

/** The columns that can be typed into; a usual scheme, as a quote names one, knows no amounts. */
export const columnsOf = (fields: Record<string, Field>, doc: Doc): Field[] =>
  EDITED.filter((name) => ownPlan(doc) || name !== 'fixed_amount').flatMap((name) => fields[name] ?? [])

/** A stage as it is sent: without what follows from the others. */
export function outgoing(rows: Values[]): Values[] {
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name, value]) => !TOLD.includes(name) && !(name === 'id' && !value))),
  )
}

/** All months from the first to the last, so that gaps are seen as gaps. */
function between(months: string[]): string[] {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return []
  const named = (at: number) => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
  return Array.from({ length: number(last) - number(first) + 1 }, (_none, at) => named(number(first) + at))
}

/** Cash by month, as it stands and as supposed, over all months of both. */
export function cash(found: Supposed, names: { now: string; supposed: string }): ChartData {
  const months = between([...found.now.months, ...found.supposed.months].map((one) => one.month).sort())
  const of = (outlook: Outlook) => months.map((month) => outlook.months.find((one) => one.month === month)?.amount ?? null)
  return {
    x: months,
    series: [
      { name: names.now, kind: 'bar', unit: 'money', data: of(found.now) },
      { name: names.supposed, kind: 'bar', unit: 'money', data: of(found.supposed) },
    ],
  }
}

/** The rows of a change order: stages that are there by their number, with the terms it knows. */
export function changeRows(stages: Stage[], columns: Field[]): Values[] {
  const total = stages.reduce((sum, stage) => sum + Number(stage.amount), 0)
  return stages.map((stage) => ({
    ...Object.fromEntries(columns.map(({ name }) => [name, stage[name]])),
    seq: stage.id ? stage.seq : null,
    percent: total ? ((Number(stage.amount) * 100) / total).toFixed(3) : '0',
  }))
}

/** Whether it has stages of its own, as contracts have; a quote only names a scheme. */
export const ownPlan = (doc: Doc) => 'plan' in doc

/** Where supposed terms can be taken over: into the draft itself, into a change order of what is signed, nowhere else. */
export function wayOf(doc: Doc): 'draft' | 'change' | '' {
  if (doc.state === 'draft') return 'draft'
  return ownPlan(doc) && ['signed', 'executing'].includes(String(doc.state)) ? 'change' : ''
}
