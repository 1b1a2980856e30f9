export interface Day {
  day: string
  percent: string | null
}

export interface Status {
  works: boolean
  /** Whether anybody has looked yet. */
  measured: boolean
  promised: string
  percent: string | null
  kept: boolean
  days: Day[]
  /** Where the servers stand; empty when it is not told. */
  place: string
  /** Of the answers promised to feedback by now, the percentage that came in time. */
  answers: { count: number; percent: string | null }
  /** Coming ones, the next first. */
  releases: { name: string; on: string; notes: string }[]
  maintenance: { title: string; text: string; starts_at: string | null; ends_at: string | null }[]
}

export const SHOWN = 90
const POOR = 98
const DAY = 86_400_000

export type Grade = 'unknown' | 'kept' | 'short' | 'poor'

/** How a day stands against the promise; for the eye only, so a float will do. */
export function gradeOf(percent: string | null, promised: string): Grade {
  if (percent === null) return 'unknown'
  if (Number(percent) >= Number(promised)) return 'kept'
  return Number(percent) >= POOR ? 'short' : 'poor'
}

/** As many days as are shown, up to the last one measured; those before the first are unknown. */
export function calendar(days: Day[], today: string): Day[] {
  const known = new Map(days.map(({ day, percent }) => [day, percent]))
  const last = Date.parse(days.at(-1)?.day ?? today)
  return Array.from({ length: SHOWN }, (_nothing, at) => {
    const day = new Date(last - (SHOWN - 1 - at) * DAY).toISOString().slice(0, 10)
    return { day, percent: known.get(day) ?? null }
  })
}
