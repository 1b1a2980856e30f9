import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { get } from '@/api/http'
import { queryString, saveSetting, usePages, useSetting } from '@/api/queries'
import type { Description, Doc, Group, Rows } from '@/api/types'
import { listUrl } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { useTabs } from '@/workspace/tabs'
import { pathOf } from '../field/path'
import { filterParams, type ListState, paramsOf, shownColumns, stateFrom, type ViewSettings } from './model'
import type { Widths } from './widths'

export const PAGE = 60

/** The list's state in the tab's address. */
export function useListState(): [ListState, (next: ListState) => void] {
  const { tab, key, query } = useTab()
  const state = useMemo(() => stateFrom(query), [query])
  const set = useCallback((next: ListState) => useTabs.getState().replace(tab, listUrl(key, paramsOf(next))), [tab, key])
  return [state, set]
}

export function useViews(description: Description) {
  const name = `views.${description.key}`
  const { data } = useSetting<ViewSettings>(name)
  const settings = data ?? { views: [] }
  const columns = useMemo(() => shownColumns(description, data?.columns), [description, data?.columns])
  const save = (next: ViewSettings) => saveSetting(name, next)
  const widths = settings.widths ?? {}
  return { settings, columns, widths, save, setWidths: (next: Widths) => void save({ ...settings, widths: next }) }
}

export type Views = ReturnType<typeof useViews>

export function useRows(description: Description, state: ListState, columns: { name: string; custom?: boolean }[], enabled: boolean) {
  const wanted = new Set([description.title, ...columns.map((field) => pathOf(field as Description['fields'][string]))])
  if (description.states.length) wanted.add('state')
  const query = queryString({
    ...filterParams(state),
    sort: state.sort || description.default_sort,
    limit: PAGE,
    columns: [...wanted].join(','),
  })
  const pages = usePages<Doc>('rows', description.url, query, enabled)
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data])
  return { ...pages, rows, query }
}

/** Count and sums arrive after the rows. */
export function useTotals(description: Description, state: ListState, sums: string[]) {
  const query = queryString({ ...filterParams(state), limit: 1, columns: description.title, count: 1, sum: sums.join(',') })
  return useQuery({
    queryKey: ['totals', description.url, query],
    queryFn: () => get<Rows>(`${description.url}?${query}`),
    placeholderData: (before) => before,
  })
}

/** What the list is grouped by, as the server calls it. */
export const groupPath = ({ fields }: Description, { group }: ListState) => (fields[group] ? pathOf(fields[group]) : group)

export function useGroups(description: Description, state: ListState, sums: string[]) {
  const query = queryString({ ...filterParams(state), group: groupPath(description, state), sum: sums.join(',') })
  return useQuery({
    queryKey: ['groups', description.url, query],
    queryFn: () => get<{ groups: Group[] }>(`${description.url}?${query}`),
    enabled: !!state.group,
  })
}
