import { useQuery } from '@tanstack/react-query'
import { compute } from '@/api/http'
import type { Choices } from './model'

/** The smallest change that allows a value or a number; where the answer had no time for it, it is asked for when somebody looks. */
export function useChange(table: number, choices: Choices, name: string, code: string, told: { change: Choices | null; later: boolean }) {
  const asked = useQuery({
    queryKey: ['selection', 'change', table, name, code, JSON.stringify(choices)],
    queryFn: () => compute<{ change: Choices | null }>(`/api/v1/selection/rule-sets/${table}/repair/`, { choices, take: { [name]: code } }),
    enabled: told.later,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return { change: told.later ? (asked.data?.change ?? null) : told.change, busy: told.later && asked.isPending }
}
