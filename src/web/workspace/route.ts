import { queryString } from '@/api/queries'
import type { Id, Values } from '@/api/types'
import { token } from '@/shared/text'

/** Where a tab is: the address in the browser and nothing else. */
export interface Route {
  page: string
  key: string
  id: string
  query: string
}

export const HOME = '/w/home'

export function parseUrl(url: string): Route {
  const [path = '', query = ''] = url.split('#')[0]?.split('?') ?? []
  const [, , page = 'home', key = '', id = ''] = path.replace(/\/$/, '').split('/').map(decodeURIComponent)
  return { page, key, id, query }
}

/** Tabs are told apart by their path; the query (filters, sorting) may change within one. */
export const tabKey = (url: string) => {
  const { page, key, id } = parseUrl(url)
  return ['/w', page, key, id].filter(Boolean).join('/')
}

/** Where an entry of the menu leads: to a list, or to a page of its own (`page.subscription`). */
export const listUrl = (key: string, filters: Values | string = {}) => {
  if (key.startsWith('page.')) return `/w/page/${key.slice(5)}`
  const query = typeof filters === 'string' ? filters : queryString(filters)
  return `/w/list/${key}${query && `?${query}`}`
}
export const docUrl = (key: string, id: Id) => `/w/doc/${key}/${id}`
export const newUrl = (key: string, query = '') => `/w/doc/${key}/new-${token(6)}${query && `?${query}`}`
export const isNew = (id: string) => id.startsWith('new-')
export const draftKey = ({ key, id }: { key: string; id: string }) => `${key}:${id}`
export const draftUrl = (draft: string) => docUrl(draft.slice(0, draft.indexOf(':')), draft.slice(draft.indexOf(':') + 1))
