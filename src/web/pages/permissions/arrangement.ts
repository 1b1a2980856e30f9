import type { MenuGroup, MenuItem } from '@/api/menu'
import type { Arrangement } from './catalogue'

export interface Group {
  key: string
  label: string
  icon: string
  items: MenuItem[]
}

/** The menu as a role has it: its own order and names, with what it does not mention after it. */
export function groupsOf(menu: MenuGroup[], { menu: told = [] }: Arrangement): Group[] {
  const usual = new Map(menu.map((group) => [group.key, group]))
  const entries = new Map(menu.flatMap((group) => group.items).map((item) => [item.key, item]))
  const placed = new Set(told.flatMap((group) => group.items ?? []))
  const keys = [...told.map((group) => group.key), ...menu.map(({ key }) => key).filter((key) => !told.some((group) => group.key === key))]
  return keys.map((key) => {
    const said = told.find((group) => group.key === key)
    const own = usual.get(key)
    const rest = (own?.items ?? []).filter((item) => !placed.has(item.key))
    return {
      key,
      label: said?.label || own?.label || key,
      icon: said?.icon || own?.icon || 'file',
      items: [...(said?.items ?? []).flatMap((name) => entries.get(name) ?? []), ...rest],
    }
  })
}

/** The same as it is kept: a name or a picture only where it differs from the product's own. */
export function toldOf(groups: Group[], menu: MenuGroup[]): Arrangement['menu'] {
  return groups.map(({ key, label, icon, items }) => {
    const own = menu.find((group) => group.key === key)
    return {
      key,
      ...(label !== own?.label && { label }),
      ...(icon !== own?.icon && { icon }),
      items: items.map((item) => item.key),
    }
  })
}

/** An entry put at the end of another group. */
export function regrouped(groups: Group[], from: string, item: MenuItem, to: string): Group[] {
  return groups.map((group) => {
    if (group.key === from) return { ...group, items: group.items.filter((one) => one.key !== item.key) }
    return group.key === to ? { ...group, items: [...group.items, item] } : group
  })
}

/** A name put into a list, or taken out; a list without names is not kept. */
export function toggled(list: string[] | undefined, name: string): string[] {
  const known = list ?? []
  return known.includes(name) ? known.filter((one) => one !== name) : [...known, name]
}
