import { useQuery } from '@tanstack/react-query'
import { get, post, upload } from '@/api/http'
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

/** An archive of the whole company: any administrator may fetch it until it is thrown away. */
export interface Kept {
  id: Id
  name: string
  size: number
  url: string
  at: string
  by: { label: string } | null
  until: string
}

export interface CompanyData {
  state: string
  until: string | null
  address: string
  is_sandbox: boolean
  sandbox: { slug: string; url: string } | null
  last_backup: string | null
  /** Where the servers stand; empty when it is not told. */
  place: string
  domains: Claim[]
  archives: Kept[]
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

interface Place {
  id: Id
  upload: { method: string; url: string; headers: Record<string, string> }
}

/** Keep a chosen file with the company; its id. */
export async function sent(file: File, type: string): Promise<Id> {
  const place = await post<Place>('/api/v1/files/', { name: file.name, size: file.size, type })
  await upload(place.upload, file)
  return place.id
}
