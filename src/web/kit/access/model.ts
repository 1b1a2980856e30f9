import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import { queryClient, queryString } from '@/api/queries'
import type { Id, RefValue } from '@/api/types'

export interface Share {
  id: Id
  member: RefValue | null
  unit: RefValue | null
  may_change: boolean
  team: boolean
  until: string | null
}

export interface Step {
  level: 'person' | 'app' | 'method' | 'rows' | 'state' | 'fields'
  ok: boolean
  text: string
  roles?: { id: Id; label: string; ok: boolean; text: string }[]
  reaches?: { label: string; ok: boolean }[]
  fields?: { label: string; text: string; role: string }[]
}

export interface Explanation {
  allowed: boolean
  steps: Step[]
  member: RefValue | null
  verb: { label: string }
  verbs: { value: string; label: string }[]
}

export interface Question {
  resource: string
  id?: Id
  verb: string
  member?: Id
}

export function useShares(url: string) {
  return useQuery({ queryKey: ['shares', url], queryFn: () => get<{ rows: Share[]; may_share: boolean }>(url) })
}

/** What was shared shows in the history too. */
export const refreshShares = () =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => ['shares', 'events', 'why'].includes(String(queryKey[0])) })

export function useExplanation({ resource, id, verb, member }: Question) {
  const query = queryString({ resource, id, verb, member })
  return useQuery({
    queryKey: ['why', query],
    queryFn: () => get<Explanation>(`/api/v1/organization/permissions/explain/?${query}`),
    enabled: !!resource,
    placeholderData: (before) => before,
  })
}
