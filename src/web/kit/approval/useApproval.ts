import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { get } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import type { Doc, Id, Rows } from '@/api/types'
import { type Approval, isRunning, isUnderWay, type Story } from './model'

const LIVE = 20_000
const SOON = 1_500
const URL = '/api/v1/approvals/'

const approvalsQuery = (key: string, id: Doc['id']) => ({
  queryKey: ['approvals', key, String(id)],
  queryFn: async () => (await get<Rows<Approval>>(`${URL}of/${key}/${id}/`)).rows,
})

export const storyQuery = (id: Id) => ({ queryKey: ['story', String(id)], queryFn: () => get<Story>(`${URL}story/${id}/`) })

const NONE: Approval[] = []

/** What is decided or carried out changes the document itself. */
function useFreshDocument(approvals: Approval[]) {
  const now = approvals.map((one) => `${one.id} ${one.version} ${one.done_at}`).join()
  const seen = useRef('')
  useEffect(() => {
    if (seen.current && seen.current !== now) void refreshAll(['meta', 'description', 'setting', 'news', 'approvals'])
    seen.current = now
  }, [now])
}

/** What was and is decided about a document; only types that are ever decided about are asked for, running ones again and again. */
export function useApprovals(key: string, doc: Doc | null): Approval[] {
  const decided = useMeta().resources[key]?.approval === true
  const { data } = useQuery({
    ...approvalsQuery(key, doc?.id ?? 0),
    enabled: decided && doc !== null,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? SOON : state.data?.some(isRunning) ? LIVE : false),
  })
  const approvals = data ?? NONE
  useFreshDocument(approvals)
  return approvals
}
