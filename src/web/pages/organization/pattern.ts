/** A numbering rule taken apart: what stands in every number, and what differs from document to document. */
export interface Piece {
  kind: 'text' | 'date' | 'seq' | 'company' | 'unit' | 'source' | 'check' | 'field'
  how: string
}

const PART = /\{(date|seq|company|unit|source|check|field)(?::([^{}]*))?\}/g

export function taken(pattern: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of pattern.matchAll(PART)) {
    if (match.index > end) pieces.push({ kind: 'text', how: pattern.slice(end, match.index) })
    pieces.push({ kind: match[1] as Piece['kind'], how: match[2] ?? '' })
    end = match.index + match[0].length
  }
  if (end < pattern.length) pieces.push({ kind: 'text', how: pattern.slice(end) })
  return pieces
}

export const joined = (pieces: Piece[]) =>
  pieces.map(({ kind, how }) => (kind === 'text' ? how : how ? `{${kind}:${how}}` : `{${kind}}`)).join('')

/** `04d/date:%Y`: how wide a serial is and for what it starts again. */
export function serial(how: string): { width: number; resets: string | null } {
  const [width = '', ...rest] = how.split('/')
  return { width: Number(width.replace(/\D/g, '')) || 1, resets: how.includes('/') ? rest.join('/') : null }
}

export const serialOf = (width: number, resets: string | null) => `${String(width).padStart(2, '0')}d${resets === null ? '' : `/${resets}`}`

export const DATES = ['%Y', '%y', '%Y%m', '%y%m', '%Y%m%d', '%m'] as const
