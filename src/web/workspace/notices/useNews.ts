import { useQuery } from '@tanstack/react-query'
import { get, post } from '@/api/http'
import { queryClient, useMeta } from '@/api/queries'
import type { Id, Rows } from '@/api/types'

export interface NewsItem {
  id: Id
  title: string
  text: string
  kind: 'notice' | 'release' | 'maintenance' | 'training'
  link: string
  at: string
  starts_at: string | null
  ends_at: string | null
  read: boolean
}

const URL = '/api/v1/console/news/'
const SOON = 48 * 3_600_000
/** Operators write the news; they do not get them. */
const CONSOLE = 'console'
const NOTHING: NewsItem[] = []
export const EVERY = 600_000

/** What the operators announce: asked at the start and every ten minutes. */
export function useNews(): NewsItem[] {
  const { company } = useMeta()
  const { data } = useQuery({
    queryKey: ['news', 'announced'],
    queryFn: () => get<Rows<NewsItem>>(URL),
    enabled: company.slug !== CONSOLE,
    staleTime: EVERY,
    refetchInterval: EVERY,
  })
  return data?.rows ?? NOTHING
}

export const useUnreadNews = () => useNews().filter((item) => !item.read).length

/** Maintenance that begins within two days, or goes on: until it is over, or the person has taken note. */
export const isSoon = (item: NewsItem, now: number) =>
  item.kind === 'maintenance' &&
  !item.read &&
  new Date(item.starts_at ?? item.at).getTime() - now < SOON &&
  (item.ends_at === null || new Date(item.ends_at).getTime() > now)

export async function takeNote(item: NewsItem) {
  if (item.read) return
  await post(`${URL}${item.id}/read/`)
  queryClient.setQueryData<Rows<NewsItem>>(['news', 'announced'], (known) =>
    known ? { ...known, rows: known.rows.map((row) => (row.id === item.id ? { ...row, read: true } : row)) } : known,
  )
}
