import type { Meta } from '@/api/types'

export type Access = 'read' | 'write'
/** What is ticked: everything (`*`) or a group of the menu, to read or to change as well. */
export type Ticks = Record<string, Access | undefined>
export const EVERYTHING = '*'

export interface Group {
  key: string
  label: string
  apps: string[]
}

/** The groups of the menu with the apps whose documents stand there; an app belongs to the first group that names it. */
export function groupsOf(menu: Meta['menu']): Group[] {
  const known = new Set<string>()
  return menu.flatMap(({ key, label, items }) => {
    const apps = [...new Set(items.map((item) => item.key.split('.')[0] ?? ''))].filter((app) => app !== 'page' && !known.has(app))
    for (const app of apps) known.add(app)
    return apps.length ? [{ key, label, apps }] : []
  })
}

/** The scopes of a token as the server knows them; a group says nothing where everything covers it already. */
export function scopesOf(ticks: Ticks, groups: Group[]): string[] {
  const all = ticks[EVERYTHING]
  const narrower = groups.flatMap(({ key, apps }) => {
    const one = ticks[key]
    return one && all !== 'write' && one !== all ? apps.map((app) => `${one}:${app}.*`) : []
  })
  return all ? [all, ...narrower] : narrower
}

/** What a token may do, in words: its access and what it is for. Scopes of a whole group are told as one. */
export function toldScopes(scopes: string[], groups: Group[], resources: Meta['resources']): { access: Access; what: string }[] {
  const told = scopes.map((scope) => {
    const [access = 'read', pattern = EVERYTHING] = scope.split(':')
    const group = groups.find(({ apps }) => apps.some((app) => pattern === `${app}.*`))
    return { access: access as Access, what: pattern === EVERYTHING ? '' : (group?.label ?? resources[pattern]?.label ?? pattern) }
  })
  return told.filter((one, at) => told.findIndex((other) => other.access === one.access && other.what === one.what) === at)
}
