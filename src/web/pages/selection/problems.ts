import type { Row } from './cells'

export interface Problem {
  path: string
  code: string
  detail: string
}

/** The column of a row that a problem stands in; nothing when it belongs to another row. */
function columnOf(path: string, place: string): string | null {
  if (path !== place && !path.startsWith(`${place}.`)) return null
  const [first = '', second = '', third = ''] = path.slice(place.length + 1).split('.')
  if (['values', 'bom', 'routing', 'crates', 'parts'].includes(first)) return first === 'values' && !second ? 'code' : null
  if (place.includes('.values.') && first === 'name') return 'value'
  if (place.startsWith('rules.') && ['options', 'rows'].includes(first)) return 'allowed'
  if (first === 'warn') return third || 'when'
  return second === 'en' ? `${first}_en` : first || 'code'
}

/** Problems by row and column of a sheet, and those that stand in none of its rows. */
export function placed(problems: Problem[], rows: Row[], places: string[][]) {
  const errors: Record<string, Record<string, string>> = {}
  const put = (row: Row, place: string, problem: Problem) => {
    const column = columnOf(problem.path, place)
    if (column !== null) errors[row._k] = { ...errors[row._k], [column]: problem.detail }
    return column !== null
  }
  const found = problems.filter((problem) => {
    const hits = rows.map((row, at) => (places[at] ?? []).some((place) => put(row, place, problem)))
    return hits.some(Boolean)
  })
  return { errors, found }
}
