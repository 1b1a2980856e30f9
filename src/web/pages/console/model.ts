import type { Colour, Id, Job } from '@/api/types'

export interface Backup {
  id: Id
  taken_at: string
  rows: number
  files: number
  size: number
  took_ms: number
}

export interface Care {
  address: string
  closed: string
  /** Domains of the company's own; one that is not proven needs the record `name` with `text` in its DNS. */
  domains: { domain: string; verified: boolean; missing_since: string | null; name: string; text: string }[]
  region: string
  /** A deletion at once that another operator has to confirm. */
  leaving: { name: string; at: string; until: string; reason: string; backups: 'keep' | 'delete' } | null
  backups_until: string | null
  troubles: { name: string; label: string; color: Colour; why: string; limits: string[] }[]
  usage: { name: 'seats' | 'storage' | 'documents' | 'api_calls'; used: number; most: number | null; unit: 'count' | 'bytes' }[]
  paid: { plan: string; status: string; collection: string; until: string | null } | null
  next_backup: string | null
  backups: Backup[]
  copies: { _key: string; id: Id; slug: string; url: string }[]
  jobs: (Job & { mine: boolean })[]
  life: { at: string; by: string; before: string; after: string; reason: string }[]
  /** Whether it was deleted, and what it consisted of can be taken along. */
  certificate: boolean
}

export interface LogLine {
  id: Id
  at: string
  kind: string
  kind_label: string
  color: Colour
  person: string | null
  company: string | null
  ip: string | null
  agent: string
  what: string
  data: Record<string, unknown>
}

export interface Health {
  at: string
  uptime: { ok: boolean; minute: string | null; milliseconds: number | null; percent: string | null }
  companies: {
    total: number
    copies: number
    migration: number
    behind: number
    backup: number
    late: number
    failed_jobs: number
    worst: { _key: string; id: Id; name: string; trouble: string; label: string; color: Colour; backed_up_at: string | null }[]
  }
  spares: { ready: number; wanted: number }
  queues: { name: string; waiting: number; oldest: number | null; taken: number }[] | null
  workers: { name: string; processes: number; done: number; since: number }[] | null
  slow: { sql: string; count: number; mean: number; longest: number; last: string }[] | null
  faults: { error: string; place: string; count: number; last: string }[] | null
  storage: {
    database: number
    connections: number
    files: number
    backups: number
    backup_count: number
    disk_free: number | null
    disk_total: number | null
  } | null
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A span of seconds in its largest unit: `{ unit: 'minute', n: 3 }`. */
export function span(seconds: number): { unit: (typeof STEPS)[number][0]; n: number } {
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? STEPS[3]
  return { unit, n: Math.floor(seconds / length) }
}

/** What a line of the log says beside who, where and when, as `name: value`. */
export function details(data: LogLine['data'], named: (name: string) => string): string {
  return Object.entries(data)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${named(name)}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(' · ')
}
