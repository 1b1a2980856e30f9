/** How far a verb reaches over rows: one reach, or several that add up; `rule:` and a formula reaches the rows for which it holds. */
export type Grant = string | string[]
export type Grants = Record<string, Record<string, Grant>>
export type Masks = Record<string, Record<string, 'hide' | 'middle' | 'readonly'>>

export const EVERYTHING = '*'
export const RULE = 'rule:'
export const STANDARD = ['read', 'create', 'change', 'delete', 'print', 'import', 'export'] as const

/** The reaches of a grant; none for what is not allowed. */
export const reachesOf = (grant: Grant | undefined): string[] => {
  const named = grant === undefined ? [] : Array.isArray(grant) ? grant : [grant]
  const reaches = named.filter((one) => one !== 'none')
  return reaches.includes('all') ? ['all'] : reaches
}

/** As short as it can be said. */
export const grantOf = (reaches: string[]): Grant =>
  reaches.length === 0 ? 'none' : reaches.length === 1 ? (reaches[0] as string) : reaches

/** Patterns a grant for this document type may come from, the closest first. */
const patterns = (key: string) => (key === EVERYTHING ? [key] : [key, `${key.split('.')[0]}.*`, EVERYTHING])

export interface Effective {
  reaches: string[]
  /** Said for this very document type and verb, not taken over from a wider one. */
  own: boolean
}

/** What a grant comes to: the closest pattern that says something about the verb, or about all verbs. */
export function effective(grants: Grants, key: string, verb: string): Effective {
  const own = grants[key]?.[verb]
  if (own) return { reaches: reachesOf(own), own: true }
  for (const pattern of patterns(key)) {
    const found = grants[pattern]?.[verb] ?? grants[pattern]?.[EVERYTHING]
    if (found) return { reaches: reachesOf(found), own: false }
  }
  return { reaches: [], own: false }
}

/** One grant changed, or taken back so that the wider one holds again. */
export function granted(grants: Grants, key: string, verb: string, grant: Grant | null): Grants {
  const { [verb]: _before, ...rest } = grants[key] ?? {}
  const verbs = grant ? { ...rest, [verb]: grant } : rest
  const { [key]: _all, ...others } = grants
  return Object.keys(verbs).length ? { ...others, [key]: verbs } : others
}

export function masked(masks: Masks, key: string, field: string, how: Masks[string][string] | null): Masks {
  const { [field]: _before, ...rest } = masks[key] ?? {}
  const fields = how ? { ...rest, [field]: how } : rest
  const { [key]: _all, ...others } = masks
  return Object.keys(fields).length ? { ...others, [key]: fields } : others
}
