import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import type { Field, FieldType, Id, Option, RefValue } from '@/api/types'
import { fits } from '@/shared/pinyin'

export const URL = '/api/v1/organization/settings/'
export type Scope = 'tenant' | 'company' | 'unit' | 'user'

export interface Value {
  id: Id
  version: number
  scope: Scope
  place: RefValue | null
  value: unknown
  by: RefValue | null
  at: string | null
}

export interface Parameter {
  name: string
  group: { key: string; label: string }
  label: string
  help: string
  kind: FieldType
  default: unknown
  options: Option[]
  scopes: Scope[]
  least: unknown
  most: unknown
  values: Value[]
}

export interface Parameters {
  rows: Parameter[]
  companies: RefValue[]
  can_change: boolean
}

export interface Change {
  id: Id
  at: string
  by: RefValue | null
  label: string
  verb: 'create' | 'change' | 'delete'
  value: [string | null, string | null] | null
}

export const useParameters = () =>
  useQuery({ queryKey: ['parameters'], queryFn: () => get<Parameters>('/api/v1/organization/parameters/') })

export const fieldOf = (one: Parameter): Field => ({
  name: one.name,
  label: one.label,
  type: one.kind,
  options: one.options.length ? one.options : undefined,
  required: true,
})

/** Parameters by the part of the product they belong to, those with the words looked for. */
export function grouped(rows: Parameter[], text: string): [string, Parameter[]][] {
  const found = new Map<string, Parameter[]>()
  for (const row of rows) {
    if (!fits(`${row.label} ${row.help} ${row.name}`, text)) continue
    found.set(row.group.label, [...(found.get(row.group.label) ?? []), row])
  }
  return [...found]
}
