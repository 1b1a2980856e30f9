import type { Catalogue, RoleRow } from './catalogue'
import { effective } from './grants'

export interface Difference {
  key: string
  label: string
  first: string[]
  second: string[]
}

type Said = Pick<RoleRow, 'grants' | 'masks' | 'screens'>

/** How far a role lets a method reach; not at all where its screen is switched off. */
export function reached({ grants, screens }: Pick<RoleRow, 'grants' | 'screens'>, key: string, verb: string): string[] {
  const off = screens.off ?? []
  return off.includes(key) || off.includes(key.split('.')[0] ?? '') ? [] : effective(grants, key, verb).reaches
}

/** Every method and every field about which two roles say different things, in the order of the catalogue. */
export function differences({ apps }: Catalogue, first: Said, second: Said): Difference[] {
  const found: Difference[] = []
  const differ = (key: string, label: string, one: string[], other: string[]) => {
    if ([...one].sort().join() !== [...other].sort().join()) found.push({ key, label, first: one, second: other })
  }
  for (const screen of apps.flatMap((app) => app.screens)) {
    for (const { verb, label } of screen.verbs)
      differ(`${screen.key} ${verb}`, `${screen.label} · ${label}`, reached(first, screen.key, verb), reached(second, screen.key, verb))
    const mask = ({ masks }: Said, name: string) => [masks[screen.key]?.[name] ?? []].flat()
    for (const { name, label } of screen.fields)
      differ(`${screen.key}.${name}`, `${screen.label} · ${label}`, mask(first, name), mask(second, name))
  }
  return found
}
