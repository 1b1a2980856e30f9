import Big from 'big.js'
import type { ActionMeta, Description, Doc, Field, FieldError, FieldsSection, Id, Line, LinesSection, RefValue, Values } from '@/api/types'
import { token } from '@/shared/text'
import { isRaw } from '../field/parse'
import { pathOf, readField } from '../field/path'

/** A line as edited: which stored line it is, and only the cells a person has changed. Names with _ are of this side only. */
export interface LineEdit extends Values {
  _k: string
  id?: Id
}

export const newLine = (cells: Values = {}): LineEdit => ({ ...cells, _k: token(8) })
export const linesSections = (description: Description) => description.form.filter((part): part is LinesSection => part.kind === 'lines')
export const storedLines = (doc: Values | null, name: string) => (doc?.[name] as Line[] | undefined) ?? []

const first: LineEdit[] = [{ _k: 'first' }]

/** A new document begins with one line to type into. */
export function rowsOf(doc: Doc | null, edits: Values, name: string): LineEdit[] {
  const edited = edits[name] as LineEdit[] | undefined
  if (edited || !doc) return edited ?? first
  return storedLines(doc, name).map((line) => ({ _k: `s${line.id}`, id: line.id }))
}

/** What the rules of a company's own form say just now: fields that are not there, and fields that must be filled in. */
export function ruled(doc: Doc | null, computed: Computed | null): { hidden: string[]; required: string[] } {
  const told = computed?.values ?? doc
  return { hidden: (told?._hidden as string[] | undefined) ?? [], required: (told?._required as string[] | undefined) ?? [] }
}

export const shownFields = (section: FieldsSection, { fields }: Description, rules: ReturnType<typeof ruled>): Field[] =>
  section.fields
    .filter((name) => !rules.hidden.includes(name))
    .flatMap((name) => fields[name] ?? [])
    .map((field) => (rules.required.includes(field.name) ? { ...field, required: true } : field))

/** Where the company lets numbers be typed, the first part of the form has one for a document that has none yet. */
export function withNumber(description: Description, doc: Doc | null, help: string): Description {
  const { number } = description.fields
  const at = description.form.findIndex((part) => part.kind === 'fields')
  if (!description.typed_number || doc?.number || !number || at < 0) return description
  const form = description.form.map((part, index) =>
    index === at && part.kind === 'fields' ? { ...part, fields: ['number', ...part.fields.filter((name) => name !== 'number')] } : part,
  )
  return { ...description, form, fields: { ...description.fields, number: { ...number, readonly: false, required: false, help } } }
}

/** A new document has no number yet: the first reference chosen tells one from another. */
export function draftTitle(title: string, doc: Doc | null, edits: Values): string {
  const chosen = doc ? undefined : Object.values(edits).find((value) => typeof value === 'object' && value !== null && 'label' in value)
  return chosen ? `${title} · ${(chosen as RefValue).label}` : title
}

/** Nothing has been put into this line yet. */
export const isBlank = (row: LineEdit) =>
  row.id === undefined && Object.entries(row).every(([name, value]) => name === '_k' || value === null || value === undefined)

function wire(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wire)
  if (isRaw(value)) return value.raw
  if (typeof value === 'object' && value !== null && 'id' in value && 'label' in value) return (value as { id: Id }).id
  return value
}

function nested(flat: Values): Values {
  const body: Values = {}
  for (const [path, value] of Object.entries(flat)) {
    if (path.startsWith('_')) continue // of this side only
    if (path.startsWith('custom.')) body.custom = { ...(body.custom as Values | undefined), [path.slice(7)]: wire(value) }
    else body[path] = wire(value)
  }
  return body
}

export interface Outgoing {
  body: Values
  /** For each lines section, which row stands at which place of what is sent. */
  sent: Record<string, LineEdit[]>
}

/** Only what was typed goes out; blank lines do not. */
export function outgoing(description: Description, edits: Values): Outgoing {
  const names = linesSections(description).map((section) => section.name)
  const sent: Outgoing['sent'] = {}
  const body = nested(Object.fromEntries(Object.entries(edits).filter(([path]) => !names.includes(path))))
  for (const name of names) {
    const rows = edits[name] as LineEdit[] | undefined
    if (!rows) continue
    sent[name] = rows.filter((row) => !isBlank(row))
    body[name] = sent[name].map(nested)
  }
  return { body, sent }
}

/** Places holding text that could not be understood, in reading order. */
export function unread(description: Description, edits: Values): string[] {
  const lines = linesSections(description)
  const fields = Object.entries(edits)
    .filter(([, value]) => isRaw(value))
    .map(([path]) => path)
  const cells = lines.flatMap(({ name }) =>
    ((edits[name] as LineEdit[] | undefined) ?? []).flatMap((row) =>
      Object.entries(row)
        .filter(([, value]) => isRaw(value))
        .map(([field]) => `${name}.${row._k}.${field}`),
    ),
  )
  return [...fields, ...cells]
}

/** `lines.3.quantity` of the answer is the row that was sent fourth, wherever it has gone since. */
export function placed(errors: FieldError[], sent: Outgoing['sent']): Record<string, string> {
  const result: Record<string, string> = {}
  for (const { path, detail } of errors) {
    const [name = '', index = '', ...rest] = path.split('.')
    const row = sent[name]?.[Number(index)]
    result[row ? `${name}.${row._k}.${rest.join('.')}` : path] ??= detail
  }
  return result
}

export interface Computed {
  values: Values
  /** The row as it was when this was computed, and what came back. */
  lines: Record<string, Map<string, { row: LineEdit; line: Line }>>
}

export function computedFrom(answer: Values, sent: Outgoing['sent']): Computed {
  const lines = Object.fromEntries(
    Object.entries(sent).map(([name, rows]) => {
      const back = storedLines(answer, name)
      return [name, new Map(rows.flatMap((row, at) => (back[at] ? [[row._k, { row, line: back[at] }]] : [])))]
    }),
  )
  return { values: answer, lines }
}

export function shownValue(field: Field, doc: Doc | null, edits: Values, computed: Computed | null): unknown {
  const path = pathOf(field)
  if (path in edits) return edits[path]
  return computed ? readField(computed.values, field) : readField(doc, field)
}

export interface ShownCell {
  value: unknown
  /** The server has not answered for this line's latest state. */
  pending: boolean
}

export function shownCell(
  field: Field,
  row: LineEdit,
  stored: Line | undefined,
  computed: Computed['lines'][string] | undefined,
): ShownCell {
  const path = pathOf(field)
  if (path in row) return { value: row[path], pending: false }
  const known = computed?.get(row._k)
  if (known) return { value: readField(known.line, field), pending: known.row !== row }
  return { value: readField(stored, field), pending: stored === undefined ? !isBlank(row) : Object.keys(row).length > 2 }
}

/** A line as it stands, by the names of its columns. */
export const shownLine = (
  columns: Field[],
  row: LineEdit,
  stored: Line | undefined,
  computed: Computed['lines'][string] | undefined,
): Values => Object.fromEntries(columns.map((column) => [column.name, shownCell(column, row, stored, computed).value]))

export function total(values: unknown[]): string {
  return values
    .filter((value) => /^-?\d+(\.\d+)?$/.test(String(value)))
    .reduce<Big>((sum, value) => sum.plus(String(value)), new Big(0))
    .toFixed()
}

/** What a verb's dialog begins with. */
export const defaultsOf = ({ params }: ActionMeta): Values =>
  Object.fromEntries(params.flatMap((param) => ('default' in param ? [[param.name, param.default]] : [])))

type Course = Pick<Description, 'states' | 'actions'>

/** Where a document goes next: an action says so, or, where it leaves it open, the next state in order. */
function onward({ states, actions }: Course, at: string, visited: string[]): string | undefined {
  const order = states.map((state) => state.value)
  const all = Object.values(actions)
  const astray = all.filter((action) => action.style === 'danger').map((action) => action.then)
  const possible = all.filter((action) => action.style !== 'danger' && action.when.includes(at))
  const said = possible.filter((action) => action.then && !visited.includes(action.then))
  const clear = said.find((action) => action.style === 'primary')
  if (clear) return clear.then ?? undefined
  const open = possible.some((action) => action.then === null)
  const following = open ? order.slice(order.indexOf(at) + 1).find((state) => !astray.includes(state)) : undefined
  return following ?? said[0]?.then ?? undefined
}

/** The usual way through the states, read off the actions, for the ribbon over a document. */
export function mainPath(course: Course, current: string): string[] {
  const order = course.states.map((state) => state.value)
  const path = order.slice(0, 1)
  for (let next = path[0]; next !== undefined; ) {
    next = onward(course, next, path)
    if (next) path.push(next)
  }
  if (path.includes(current)) return path
  return [...path.filter((state) => order.indexOf(state) < order.indexOf(current)).slice(0, 1), current]
}
