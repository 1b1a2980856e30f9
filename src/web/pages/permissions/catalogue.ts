import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import type { MenuGroup } from '@/api/menu'
import type { Id, RefValue } from '@/api/types'
import type { Grants, Masks } from './grants'
import type { Layout } from './layout'

export interface Screen {
  key: string
  label: string
  icon: string
  menu: string
  /** Whether rows belong to people and departments; otherwise all are seen. */
  rows: boolean
  verbs: { verb: string; label: string }[]
  fields: { name: string; label: string }[]
  columns: string[]
  filters: string[]
  sort: string
}

export interface AppGroup {
  key: string
  label: string
  /** Whether the company's plan includes it. */
  open: boolean
  screens: Screen[]
}

interface Named {
  value: string
  label: string
}

export interface Catalogue {
  apps: AppGroup[]
  reaches: Named[]
  masks: Named[]
  menu: MenuGroup[]
}

export interface Duty {
  name: string
  /** The company's own pair. */
  own: boolean
  on: boolean
  first: { key: string; verb: string; label: string }
  second: { key: string; verb: string; label: string }
  why: string
  roles?: RefValue[]
  members?: RefValue[]
}

/** How a role arranges what it shows. */
export interface Arrangement {
  off?: string[]
  hidden?: string[]
  menu?: { key: string; label?: string; icon?: string; items?: string[] }[]
  lists?: Record<string, { columns?: string[]; filters?: Record<string, string | string[]>; sort?: string }>
  forms?: Record<string, Layout>
}

export interface RoleRow {
  id: Id
  version: number
  name: string
  grants: Grants
  masks: Masks
  screens: Arrangement
}

export const PERMISSIONS = '/api/v1/organization/permissions/'
export const ROLE = 'organization.role'

export function useCatalogue() {
  return useQuery({ queryKey: ['permissions'], queryFn: () => get<Catalogue>(PERMISSIONS), staleTime: 300_000 })
}

/** All roles with what they say; there are dozens at most. */
export function useRoles(url: string | undefined) {
  const columns = 'name,grants,masks,screens'
  return useQuery({
    queryKey: ['roles', url],
    queryFn: async () => (await get<{ rows: RoleRow[] }>(`${url}?limit=500&sort=id&columns=${columns}`)).rows,
    enabled: !!url,
  })
}
