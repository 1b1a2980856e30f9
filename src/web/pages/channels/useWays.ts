import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import type { Rows } from '@/api/types'

export const CHANNELS = '/api/v1/process/channels/'

export interface Way {
  kind: string
  label: string
  settings: { name: string; label: string; required: boolean; help: string }[]
  secret: string
  address: string
}

/** What an account of a kind of channel consists of. */
export function useWay(kind: unknown): Way | undefined {
  const { data } = useQuery({ queryKey: ['ways'], queryFn: () => get<Rows<Way>>(`${CHANNELS}ways/`), staleTime: 300_000 })
  return data?.rows.find((way) => way.kind === kind)
}
