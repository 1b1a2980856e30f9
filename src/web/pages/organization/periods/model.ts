import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import { queryString } from '@/api/queries'
import type { Id, RefValue } from '@/api/types'

export const URL = '/api/v1/organization/periods/'
export const LEDGERS = ['stock', 'receivable', 'payable', 'payroll'] as const
export const KINDS = ['month', 'quarter', 'year', 'week'] as const
export type Ledger = (typeof LEDGERS)[number]
export type Kind = (typeof KINDS)[number]

export type Period = Record<`${Ledger}_closed`, boolean> & {
  id: Id
  version: number
  name: string
  kind: Kind
  starts: string
  ends: string
  company: RefValue
}

export const usePeriods = (company: Id | undefined, kind: Kind, year: number) =>
  useQuery({
    queryKey: ['periods', company, kind, year],
    queryFn: async () => {
      const span = { starts__gte: `${year - 1}-12-25`, starts__lte: `${year}-12-31` }
      const { rows } = await get<{ rows: Period[] }>(`${URL}?${queryString({ company, kind, ...span, sort: 'starts', limit: 100 })}`)
      return rows.filter((row) => row.name.startsWith(String(year)) || row.starts.startsWith(String(year)))
    },
    enabled: company !== undefined,
  })
