import { useQuery } from '@tanstack/react-query'
import { get, post } from '@/api/http'
import { queryClient, useMeta } from '@/api/queries'
import type { DocLink, Id, RefValue, Rows } from '@/api/types'
import type { Level } from './levels'

/** Operators' documents are watched by nobody. */
const CONSOLE = 'console'
export const ALERTS = '/api/v1/process/alerts/'

export interface Alert {
  id: Id
  rule: RefValue
  level: Level
  document: DocLink & { kind: string }
  since: string
  opened_at: string
  step: number
  steps: number
  count: number
  told: string[]
  acknowledged_at: string | null
  acknowledged_by: RefValue | null
  reason: string
  snoozed_until: string | null
  closed_at: string | null
}

/** The open alerts on a document; document types that no rule watches are not asked about. */
export function useAlertsOn(key: string, id: Id | undefined): Alert[] {
  const { company } = useMeta()
  const watched = useQuery({
    queryKey: ['watched'],
    queryFn: () => get<{ keys: string[] }>(`${ALERTS}watched/`),
    staleTime: 300_000,
    enabled: id !== undefined && company.slug !== CONSOLE,
  })
  const { data } = useQuery({
    queryKey: ['alerts', key, id],
    queryFn: () => get<Rows<Alert>>(`${ALERTS}?of=${key}:${id}`),
    enabled: id !== undefined && !!watched.data?.keys.includes(key),
  })
  return data?.rows ?? []
}

export async function sayOf(alerts: Alert[], verb: string, said: { reason: string; until?: string }) {
  await post(`${ALERTS}handle/`, { ids: alerts.map((one) => one.id), verb, ...said })
  await queryClient.invalidateQueries({ queryKey: ['alerts'] })
}
