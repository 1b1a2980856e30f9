import { QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get, put } from './http'
import type { Description, Doc, Job, LookupRow, Meta, Rows, Values } from './types'

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 20_000, refetchOnWindowFocus: false, retry: false } },
})

export const metaQuery = { queryKey: ['meta'], queryFn: () => get<Meta>('/api/v1/meta/'), staleTime: 300_000 }

/** The workspace is drawn only when this is known, so screens may take it for granted. */
export function useMeta(): Meta {
  const { data } = useQuery(metaQuery)
  if (!data) throw new Error('The description of the workspace is not loaded.')
  return data
}

export const descriptionUrl = (url: string) => url.replace('/api/v1/', '/api/v1/meta/')

export function useDescription(key: string) {
  const url = useMeta().resources[key]?.url
  return useQuery({
    queryKey: ['description', key],
    queryFn: () => get<Description>(descriptionUrl(url ?? '')),
    enabled: !!url,
    staleTime: 300_000,
  })
}

export const documentKey = (key: string, id: string | number) => ['document', key, String(id)]

export function useDocument(description: Description | undefined, id: string | null) {
  return useQuery({
    queryKey: documentKey(description?.key ?? '', id ?? ''),
    queryFn: () => get<Doc>(`${description?.url}${id}/`),
    enabled: !!description && id !== null,
  })
}

export function useLookup(url: string | undefined, query: string, enabled: boolean) {
  return useQuery({
    queryKey: ['lookup', url, query],
    queryFn: () => get<Rows<LookupRow>>(`${url}lookup/?${query}`),
    enabled: enabled && !!url,
    placeholderData: (before) => before,
  })
}

/** Pages of a keyset-paged address, one after the other. */
export function usePages<T>(name: string, url: string, query = '', enabled = true) {
  return useInfiniteQuery({
    queryKey: [name, url, query],
    queryFn: ({ pageParam }) => get<Rows<T>>(`${url}?${query}${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled,
  })
}

export function useSetting<T>(name: string) {
  return useQuery({
    queryKey: ['setting', name],
    queryFn: async () => (await get<{ value: T | null }>(`/api/v1/me/settings/${name}/`)).value,
    staleTime: 300_000,
  })
}

export async function saveSetting(name: string, value: unknown) {
  queryClient.setQueryData(['setting', name], value)
  await put(`/api/v1/me/settings/${name}/`, { value })
}

export function useJob(id: Job['id'] | null) {
  return useQuery({
    queryKey: ['job', id],
    queryFn: () => get<Job>(`/api/v1/jobs/${id}/`),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && ['done', 'failed', 'cancelled'].includes(state.data.state) ? false : 700),
  })
}

/** After a change anything on screen may be different: what is visible asks again, the rest when it is next shown. */
export async function refreshAll(kept: string[] = ['meta', 'description', 'setting', 'news']) {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => !kept.includes(String(queryKey[0])) })
}

export const queryString = (params: Values) => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
  }
  return search.toString()
}
