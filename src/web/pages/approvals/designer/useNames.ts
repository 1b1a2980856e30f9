import { useQueries } from '@tanstack/react-query'
import { get } from '@/api/http'
import { queryString, useMeta } from '@/api/queries'
import type { LookupRow, Rows } from '@/api/types'
import type { Names } from './design'
import type { Drawing } from './drawing'
import { references } from './references'

const MOST = 200

/** What the people, roles, positions and other things in a drawing are called: one request a kind. */
export function useNames(drawing: Drawing): Names {
  const { resources } = useMeta()
  const wanted = [...references(drawing)].filter(([resource]) => resources[resource])
  const answers = useQueries({
    queries: wanted.map(([resource, ids]) => {
      const query = queryString({ id: ids, limit: MOST })
      const url = resources[resource]?.url
      return { queryKey: ['lookup', url, query], queryFn: () => get<Rows<LookupRow>>(`${url}lookup/?${query}`), staleTime: 300_000 }
    }),
  })
  return (resource, id) => {
    const at = wanted.findIndex(([name]) => name === resource)
    return answers[at]?.data?.rows.find((row) => String(row.id) === String(id))?.label ?? ''
  }
}
