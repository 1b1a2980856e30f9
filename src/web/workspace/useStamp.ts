import { useQuery } from '@tanstack/react-query'
import { App } from 'antd'
import { useEffect, useRef } from 'react'
import { get } from '@/api/http'
import { metaQuery, queryClient } from '@/api/queries'
import type { Meta } from '@/api/types'
import { MESSAGES, type Message, openMessage } from './messages'

interface Stamp {
  stamp: string
  unread?: number
  rows?: Message[]
  newest?: number
  deciding?: number
}

const DECIDING = ['deciding']
const EVERY = 30_000
/** What was put off comes back by itself: every so often everything is asked anew. */
const ANEW = 10

/** How much waits for my decision, as the last stamp told it. */
export const useDeciding = () => useQuery<number>({ queryKey: DECIDING, enabled: false, initialData: 0 }).data

/** Whether anything has come, asked every half minute while the page is in view; new messages show themselves. */
export function useStamp() {
  const { notification } = App.useApp()
  const known = useRef({ stamp: '', newest: 0, asked: 0 })
  const { data } = useQuery({
    queryKey: ['stamp'],
    queryFn: () => {
      const { stamp, newest, asked } = known.current
      known.current.asked = asked + 1
      return get<Stamp>(`${MESSAGES}stamp/?since=${asked % ANEW ? stamp : ''}${newest ? `&after=${newest}` : ''}`)
    },
    refetchInterval: EVERY,
    staleTime: EVERY,
    structuralSharing: false,
  })
  useEffect(() => {
    if (!data) return
    known.current.stamp = data.stamp
    if (data.unread === undefined) return
    known.current.newest = data.newest ?? known.current.newest
    queryClient.setQueryData(DECIDING, data.deciding ?? 0)
    const meta = queryClient.getQueryData<Meta>(metaQuery.queryKey)
    if (meta && meta.unread !== data.unread) {
      queryClient.setQueryData<Meta>(metaQuery.queryKey, { ...meta, unread: data.unread })
      void queryClient.invalidateQueries({ queryKey: ['messages'] })
      void queryClient.invalidateQueries({ queryKey: ['alerts'] })
    }
    for (const row of data.rows ?? [])
      notification.open({
        key: String(row.id),
        title: row.title,
        description: row.text.split('\n')[0],
        onClick: () => {
          notification.destroy(String(row.id))
          void openMessage(row)
        },
      })
  }, [data, notification])
}
