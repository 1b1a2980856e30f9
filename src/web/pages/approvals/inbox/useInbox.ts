import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '@/api/http'
import { queryClient, queryString, usePages } from '@/api/queries'
import { type Asked, type Box, type Card, type Counts, URL } from './model'

const EVERY = 20_000
const NAME = 'inbox'

/** The cards of a box; while it is on screen, what is new comes by itself. */
export function useInbox(box: Box, { q, resource, late }: Asked) {
  const pages = usePages<Card>(NAME, URL, queryString({ box, q, resource, late: late ? 1 : null }))
  useEffect(() => {
    const timer = setInterval(() => {
      void queryClient.invalidateQueries({ queryKey: [NAME] })
      void queryClient.invalidateQueries({ queryKey: ['inbox counts'] })
    }, EVERY)
    return () => clearInterval(timer)
  }, [])
  return { ...pages, cards: pages.data?.pages.flatMap((page) => page.rows) ?? [] }
}

export const useCounts = () => useQuery({ queryKey: ['inbox counts'], queryFn: () => get<Counts>(`${URL}counts/`) }).data
