import type { Doc, Field, Id, RefValue, Values } from '@/api/types'
import { type LineEdit, newLine } from '@/kit/document/model'
import { isRaw } from '@/kit/field/parse'

export const MEASURES = ['amount', 'discount', 'margin', 'overdue'] as const
export type Measure = (typeof MEASURES)[number]
export const TYPES: Record<Measure, Field['type']> = { amount: 'money', discount: 'percent', margin: 'percent', overdue: 'money' }

export type Limit = Doc & { position: RefValue; resource: string } & Record<Measure, string | null>

export const POSITION = 'position'

/** One row a position: first those with limits, then the others, so that all are before one's eyes. */
export function rowsOf(limits: Limit[], positions: RefValue[], measure: Measure): LineEdit[] {
  const rows = new Map<Id, LineEdit>()
  const seats = [...limits.map(({ position }) => position), ...positions]
  for (const seat of seats) if (!rows.has(seat.id)) rows.set(seat.id, newLine({ [POSITION]: { id: seat.id, label: seat.label } }))
  for (const limit of limits) Object.assign(rows.get(limit.position.id) ?? {}, { [limit.resource]: limit[measure] })
  return [...rows.values()]
}

export interface Step {
  /** The cell it comes from, to tell what was refused there. */
  row: string
  resource: string
  limit: Limit | undefined
  values: Values | null
}

const seatOf = (row: LineEdit): Id | null => {
  const seat = row[POSITION]
  return typeof seat === 'object' && seat !== null && 'id' in seat ? (seat.id as Id) : null
}
const equal = (one: unknown, other: unknown) =>
  (one ?? null) === (other ?? null) || Number(one ?? Number.NaN) === Number(other ?? Number.NaN)

/** What one cell asks to be written; nothing when it says what holds already. */
function stepOf(row: LineEdit, seat: Id, resource: string, limit: Limit | undefined, measure: Measure): Step | null {
  const value = row[resource] ?? null
  if (isRaw(value) || equal(limit?.[measure], value)) return null
  if (!limit) return { row: row._k, resource, limit, values: { [POSITION]: seat, resource, [measure]: value } }
  const idle = value === null && MEASURES.every((other) => other === measure || (limit[other] ?? null) === null)
  return { row: row._k, resource, limit, values: idle ? null : { [measure]: value } }
}

/** What has to be written so that the limits are as the sheet says; a limit without any figure goes. */
export function stepsOf(limits: Limit[], rows: LineEdit[], resources: string[], measure: Measure): Step[] {
  const named = rows.flatMap((row) => {
    const seat = seatOf(row)
    return seat === null ? [] : [{ row, seat }]
  })
  const limitOf = (seat: Id, resource: string) => limits.find((one) => one.position.id === seat && one.resource === resource)
  const steps = named.flatMap(({ row, seat }) =>
    resources.flatMap((resource) => stepOf(row, seat, resource, limitOf(seat, resource), measure) ?? []),
  )
  const gone = limits.filter(({ resource, position }) => resources.includes(resource) && !named.some(({ seat }) => seat === position.id))
  return [...steps, ...gone.map((limit) => ({ row: '', resource: limit.resource, limit, values: null }))]
}

/** Rows that name a position a second time, or figures that cannot be read. */
export function faultsOf(rows: LineEdit[], resources: string[], words: { twice: string; unread: string }) {
  const seen = new Set<Id>()
  const faults: Record<string, Record<string, string>> = {}
  for (const row of rows) {
    const seat = seatOf(row)
    if (seat !== null && seen.has(seat)) faults[row._k] = { [POSITION]: words.twice }
    if (seat !== null) seen.add(seat)
    for (const name of [POSITION, ...resources]) if (isRaw(row[name])) faults[row._k] = { ...faults[row._k], [name]: words.unread }
  }
  return faults
}
