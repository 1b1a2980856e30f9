import type { Id } from '@/api/types'

export const URL = '/api/v1/organization/webhooks/'
export const EVERYTHING = '*'

export interface Kind {
  key: string
  label: string
  events: { kind: string; label: string }[]
}

export interface Delivery {
  id: Id
  kind: string
  attempts: number
  status: number | null
  answer: string
  body: string
  created_at: string
  delivered_at: string | null
  next_at: string | null
}

/** The patterns of a webhook, as it keeps them: `sales.order.confirm finance.invoice.* *`. */
export const patternsOf = (kinds: unknown) =>
  String(kinds ?? '')
    .split(/\s+/)
    .filter(Boolean)

/** One pattern ticked or not. A wider one takes the place of those it covers. */
export function ticked(patterns: string[], pattern: string, on: boolean): string[] {
  const others = patterns.filter((one) => one !== pattern)
  if (!on) return others
  const covered = (one: string) => pattern === EVERYTHING || (pattern.endsWith('.*') && one.startsWith(pattern.slice(0, -1)))
  return [...others.filter((one) => !covered(one)), pattern]
}

/** Whether a pattern, or a wider one, is ticked. */
export function covers(patterns: string[], pattern: string): 'own' | 'wider' | null {
  if (patterns.includes(pattern)) return 'own'
  const [app, name] = pattern.split('.')
  const wider = [EVERYTHING, `${app}.*`, `${app}.${name}.*`].filter((one) => one !== pattern)
  return wider.some((one) => patterns.includes(one)) ? 'wider' : null
}

/** Patterns that no tick stands for: of a whole app, or of what is not there any more. */
export function loose(patterns: string[], kinds: Kind[]): string[] {
  const known = new Set([EVERYTHING, ...kinds.flatMap((kind) => [`${kind.key}.*`, ...kind.events.map((event) => event.kind)])])
  return patterns.filter((one) => !known.has(one))
}

export type Outcome = 'delivered' | 'waiting' | 'failed'
export const outcomeOf = ({ delivered_at, next_at }: Delivery): Outcome => (next_at ? 'waiting' : delivered_at ? 'delivered' : 'failed')

/** JSON as a person reads it; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** The document that a message tells of. */
export function documentOf(body: string): { _key: string; id: Id; label: string } | null {
  try {
    return JSON.parse(body).document ?? null
  } catch {
    return null
  }
}
