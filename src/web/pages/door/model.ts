export interface Session {
  authenticated: boolean
  company: { name: string; slug: string } | null
  /** What is still missing of a log-in that has begun. */
  pending?: Pending
  outside?: string[]
  main?: string
}
export type Pending = '' | 'second_factor' | 'enrol' | 'enrol_key'
/** What a log-in answers. */
export interface Entry {
  ok?: boolean
  pending?: Pending
}

export type Way = 'signup' | 'login' | 'join' | 'forgot' | 'reset' | 'decide'

/** Which page an address means, and the one-time key in it. */
export function wayOf(path: string): { way: Way; key: string } {
  const [first = '', key = ''] = path.split('/').filter(Boolean)
  if (first === 'login') return { way: 'login', key: '' }
  if (first === 'join') return { way: 'join', key }
  if (first === 'decide') return { way: 'decide', key }
  if (first === 'reset') return { way: key ? 'reset' : 'forgot', key }
  return { way: 'signup', key: '' }
}

/** An address from a company's name, as far as it can be told from its letters. */
export function slugFrom(company: string): string {
  return company
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
}

/** Only a path of this very site may be gone to after logging in. */
export function safeNext(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? ''
  return /^\/(?![/\\])/.test(next) ? next : '/w/home'
}

export type Strength = 'short' | 'weak' | 'fine'

export function strengthOf(password: string): Strength {
  if (password.length < 8) return 'short'
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length
  return kinds >= 2 || password.length >= 14 ? 'fine' : 'weak'
}
