import { useQuery } from '@tanstack/react-query'
import { get, patch, post } from '@/api/http'
import type { Id } from '@/api/types'

export const URL = '/api/v1/organization/codes/'
export const COLOURS = ['default', 'blue', 'cyan', 'green', 'gold', 'orange', 'red', 'purple'] as const

export interface Entry {
  /** Empty for an entry as the product brings it. */
  id: Id | null
  version: number | null
  code: string
  label: string
  label_en: string
  colour: string
  position: number
  active: boolean
  system: boolean
}

export interface CodeTable {
  key: string
  label: string
  open: boolean
  entries: Entry[]
}

export const useCodeTables = () =>
  useQuery({
    queryKey: ['code tables'],
    queryFn: () => get<{ rows: CodeTable[]; can_change: boolean }>('/api/v1/organization/code-tables/'),
  })

/** Keep an entry: what the product brings gets a row of the company's own with the same code. */
export function keep(table: string, { id, version, system: _system, ...values }: Entry) {
  return id === null ? post(URL, { table, ...values }) : patch(`${URL}${id}/`, { version, ...values, code: undefined })
}

export const fresh = (table: CodeTable): Entry => ({
  id: null,
  version: null,
  code: '',
  label: '',
  label_en: '',
  colour: 'default',
  position: 10 + Math.max(0, ...table.entries.map((entry) => entry.position)),
  active: true,
  system: false,
})
