import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Id, Job } from '@/api/types'

export const URL = '/api/v1/company/'
const KEY = ['company']

export interface Claim {
  id: Id
  domain: string
  record: { type: string; name: string; text: string }
  verified_at: string | null
  missing_since: string | null
  /** When a domain without its proof is switched off. */
  ends_at: string | null
  checked_at: string | null
  found: string
}

export interface CompanyData {
  state: string
  until: string | null
  address: string
  is_sandbox: boolean
  sandbox: { slug: string; url: string } | null
  last_backup: string | null
  domains: Claim[]
  jobs: (Job & { kind: string })[]
}

export interface Difference {
  resource: string
  title: string
  label: string
  kind: 'new' | 'changed' | 'only_live'
  changes: { field: string; label: string; old: string; new: string }[]
}

export const useCompany = () => useQuery({ queryKey: KEY, queryFn: () => get<CompanyData>(URL) })
export const refreshCompany = () => queryClient.invalidateQueries({ queryKey: KEY })
export const latest = (data: CompanyData, kind: string) => data.jobs.find((job) => job.kind === kind)
