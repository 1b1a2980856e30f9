/** Which rows a verb may touch, from nothing to everything. */
export const SCOPES = ['none', 'own', 'unit', 'below', 'all'] as const
export type Scope = (typeof SCOPES)[number]
export type Grants = Record<string, Record<string, Scope>>
export type Masks = Record<string, Record<string, 'hide' | 'middle' | 'readonly'>>

export const EVERYTHING = '*'
export const VERBS = ['read', 'create', 'change', 'delete', 'print', 'import', 'export', '*'] as const

/** Patterns a grant for this resource may come from, the closest first. */
const patterns = (key: string) => (key === EVERYTHING ? [key] : [key, `${key.split('.')[0]}.*`, EVERYTHING])

export interface Effective {
  scope: Scope
  /** Said for this very resource and verb, not taken over from a wider one. */
  own: boolean
}

/** What a grant comes to: the closest pattern that says something about the verb, or about all verbs. */
export function effective(grants: Grants, key: string, verb: string): Effective {
  const own = grants[key]?.[verb]
  if (own) return { scope: own, own: true }
  for (const pattern of patterns(key)) {
    const scope = grants[pattern]?.[verb] ?? grants[pattern]?.[EVERYTHING]
    if (scope) return { scope, own: false }
  }
  return { scope: 'none', own: false }
}

/** One grant changed, or taken back so that the wider one holds again. */
export function granted(grants: Grants, key: string, verb: string, scope: Scope | null): Grants {
  const { [verb]: _before, ...rest } = grants[key] ?? {}
  const verbs = scope ? { ...rest, [verb]: scope } : rest
  const { [key]: _all, ...others } = grants
  return Object.keys(verbs).length ? { ...others, [key]: verbs } : others
}

export function masked(masks: Masks, key: string, field: string, how: Masks[string][string] | null): Masks {
  const { [field]: _before, ...rest } = masks[key] ?? {}
  const fields = how ? { ...rest, [field]: how } : rest
  const { [key]: _all, ...others } = masks
  return Object.keys(fields).length ? { ...others, [key]: fields } : others
}
