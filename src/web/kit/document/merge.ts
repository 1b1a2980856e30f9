import type { Description, Doc, Field, Line, LinesSection, Values } from '@/api/types'
import { formatValue } from '../field/format'
import { pathOf, readField } from '../field/path'
import { type LineEdit, linesSections, newLine, storedLines } from './model'

/** One place that two people changed: what it was, what I typed, what stands there now. */
export interface Conflict {
  path: string
  label: string
  mine: string
  theirs: string
}

/** A place someone else changed and I did not. */
export type News = Omit<Conflict, 'mine'>

export interface Merge {
  edits: Values
  base: Values
  conflicts: Conflict[]
  news: News[]
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function mergeFields(fields: Field[], before: Doc | null, edits: Values, base: Values, current: Doc): Merge {
  const merge: Merge = { edits: {}, base: {}, conflicts: [], news: [] }
  for (const field of fields) {
    const path = pathOf(field)
    const now = readField(current, field)
    const was = path in base ? base[path] : readField(before, field)
    const changed = before || path in base ? !same(was, now) : false
    if (!(path in edits)) {
      const told = !field.readonly || field.type === 'state' // what is only computed follows from the rest
      if (changed && told) merge.news.push({ path, label: field.label, theirs: formatValue(field, now) })
      continue
    }
    merge.edits[path] = edits[path]
    merge.base[path] = now
    if (changed && !same(edits[path], now))
      merge.conflicts.push({ path, label: field.label, mine: formatValue(field, edits[path]), theirs: formatValue(field, now) })
  }
  return merge
}

function cellConflicts(section: LinesSection, row: LineEdit, at: number, was: Line, now: Line): Conflict[] {
  return Object.values(section.fields).flatMap((field) => {
    const path = pathOf(field)
    if (!(path in row) || same(readField(was, field), readField(now, field)) || same(row[path], readField(now, field))) return []
    return [
      {
        path: `${section.name}.${row._k}.${path}`,
        label: `${section.title} ${at + 1} · ${field.label}`,
        mine: formatValue(field, row[path]),
        theirs: formatValue(field, readField(now, field)),
      },
    ]
  })
}

/** What they did to the lines: cells changed, lines added, lines gone. */
function lineNews({ name, title, fields }: LinesSection, was: Line[], now: Line[]): News[] {
  const before = new Map(was.map((line) => [line.id, line]))
  const editable = Object.values(fields).filter((field) => !field.readonly)
  const cells = now.flatMap((line, at) =>
    editable
      .filter((field) => !same(readField(before.get(line.id), field), readField(line, field)))
      .map((field) => ({
        path: `${name}.s${line.id}.${pathOf(field)}`,
        label: `${title} ${at + 1} · ${field.label}`,
        theirs: formatValue(field, readField(line, field)),
      })),
  )
  const gone = was.flatMap((line, at) =>
    now.some((one) => one.id === line.id) ? [] : [{ path: `${name}.s${line.id}`, label: `${title} ${at + 1}`, theirs: '' }],
  )
  return [...cells, ...gone]
}

/** My lines on top of theirs: added lines of both stay, a line deleted there that I had changed comes back as a new one. */
function mergeLines(section: LinesSection, mine: LineEdit[], base: Line[], current: Line[]) {
  const was = new Map(base.map((line) => [line.id, line]))
  const now = new Map(current.map((line) => [line.id, line]))
  const conflicts: Conflict[] = []
  const rows: LineEdit[] = []
  for (const row of mine) {
    const before = was.get(row.id)
    const after = now.get(row.id)
    if (row.id === undefined || after) {
      if (before && after) conflicts.push(...cellConflicts(section, row, rows.length, before, after))
      rows.push(row)
    } else if (Object.keys(row).length > 2) {
      const { id: _gone, ...stored } = before ?? {}
      const editable = Object.values(section.fields).filter((field) => !field.readonly && !field.custom)
      rows.push(newLine({ ...Object.fromEntries(editable.map((field) => [field.name, stored[field.name]])), ...row, id: undefined }))
    }
  }
  const added = current.filter((line) => !was.has(line.id))
  return { rows: [...rows, ...added.map((line) => ({ _k: `s${line.id}`, id: line.id }))], conflicts }
}

/** Three versions become one: what I read, what I typed, what stands there now. Nothing typed is lost. */
export function merged(description: Description, before: Doc | null, edits: Values, base: Values, current: Doc): Merge {
  const result = mergeFields(Object.values(description.fields), before, edits, base, current)
  for (const section of linesSections(description)) {
    const mine = edits[section.name] as LineEdit[] | undefined
    const then = (base[section.name] as Line[] | undefined) ?? storedLines(before, section.name)
    const now = storedLines(current, section.name)
    const news = before || section.name in base ? lineNews(section, then, now) : []
    const { rows, conflicts } = mergeLines(section, mine ?? [], then, now)
    result.news.push(...news.filter(({ path }) => !conflicts.some((conflict) => conflict.path === path)))
    if (!mine) continue
    result.edits[section.name] = rows
    result.base[section.name] = now
    result.conflicts.push(...conflicts)
  }
  return result
}

/** For the chosen conflicts, what stands there now wins: my input at those places is let go. */
export function yielded(edits: Values, paths: string[]): Values {
  const result = { ...edits }
  for (const path of paths) {
    const [name = '', key, ...rest] = path.split('.')
    const rows = result[name]
    if (!Array.isArray(rows)) {
      delete result[path]
      continue
    }
    result[name] = (rows as LineEdit[]).map((row) => {
      if (row._k !== key) return row
      const { [rest.join('.')]: _mine, ...others } = row
      return others as LineEdit
    })
  }
  return result
}
