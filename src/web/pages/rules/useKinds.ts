import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import type { Rows } from '@/api/types'
import type { Kind } from './model'

export const RULES = '/api/v1/process/rules/'

/** Document types with what a rule may read, count from, tell, and whom it may find in them. */
export function useKinds(): Kind[] {
  const { data } = useQuery({ queryKey: ['rule kinds'], queryFn: () => get<Rows<Kind>>(`${RULES}kinds/`), staleTime: 300_000 })
  return data?.rows ?? []
}

export const useKind = (key: unknown) => useKinds().find((kind) => kind.key === key)
