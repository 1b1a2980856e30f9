import i18n from 'i18next'
import type { FieldError, Values } from '@/api/types'
import type { FormulaName } from '@/kit/formula/model'
import { language } from '@/shared/i18n'

/** A form as it is drawn; the server checks it (`tenant_apps/office/reading.py`). */
export interface DesignOption {
  value: string
  label: string
  label_en?: string
}
export interface DesignField {
  name: string
  kind: string
  label: string
  label_en?: string
  help?: string
  help_en?: string
  required?: boolean
  options?: DesignOption[]
  target?: string
  scale?: number
  formula?: string
  result?: string
  visible?: string
  required_if?: string
  default?: unknown
  list?: boolean
  wide?: boolean
  span?: DesignSpan
  states?: string[]
}
/** Working time: from one field to another, in days (with halves) or hours. */
export interface DesignSpan {
  from?: string
  until?: string
  unit?: 'days' | 'hours'
  from_half?: string
  until_half?: string
}
export interface DesignTier {
  from: number
  amount: number | string
}
/** What one account has anew each year; the other numbers as the server takes them. */
export interface DesignRule {
  value: string
  years?: DesignTier[]
  part?: boolean
  below?: boolean
  keeps?: number | string
  until?: string
}
/** Accounts that entries take from (leave), or those of another form that they add to. */
export interface DesignAccount {
  amount?: string
  on?: string
  kind?: string
  always?: string
  member?: string
  book?: string
  kinds?: DesignRule[]
}
export interface DesignSection {
  title: string
  title_en?: string
  fields: DesignField[]
}
export interface DesignCheck {
  formula: string
  message: string
  message_en?: string
  field?: string
}
export interface Design {
  sections: DesignSection[]
  lines?: { name: string; title: string; title_en?: string; fields: DesignField[]; totals?: string[] } | null
  checks?: DesignCheck[]
  booking?: { what: string; from: string; until: string } | null
  account?: DesignAccount | null
  title?: string[]
  total?: string
  print?: { columns?: number; signatures?: DesignOption[]; note?: string; note_en?: string }
}

export const KINDS = [
  'text', 'long', 'int', 'decimal', 'money', 'date', 'datetime', 'bool', 'choice', 'choices', 'half', 'member', 'unit', 'ref', 'file', 'computed', 'working',
  'balance',
] // biome-ignore format: a list of words
export const LINES = 'lines'
/** What nobody types. */
export const WORKED_OUT = ['computed', 'working', 'balance']
/** What a line table cannot hold. */
export const SINGLE = ['file', 'balance']
export const HALVES = ['am', 'pm']

/** Where a field stands: a section by its position, or the line table. */
export type Where = number | typeof LINES
export interface Place {
  where: Where
  at: number
}

/** A label in the reader's language, in the other where there is none. */
export const said = ({ label, label_en }: { label: string; label_en?: string }) =>
  (language() === 'en' ? label_en || label : label || label_en) || ''

export const EMPTY: Design = { sections: [{ title: '', fields: [] }] }
export const designOf = (value: unknown): Design => {
  const told = value as Partial<Design> | null | undefined
  return told && Array.isArray(told.sections) ? (told as Design) : EMPTY
}

export const fieldsAt = (design: Design, where: Where): DesignField[] =>
  (where === LINES ? design.lines?.fields : design.sections[where]?.fields) ?? []
export const fieldAt = (design: Design, place: Place | null): DesignField | undefined =>
  place ? fieldsAt(design, place.where)[place.at] : undefined
export const everyField = (design: Design) => design.sections.flatMap((section) => section.fields)

function withFields(design: Design, where: Where, fields: DesignField[]): Design {
  if (where === LINES) return { ...design, lines: { name: LINES, title: '', ...design.lines, fields } }
  return { ...design, sections: design.sections.map((section, at) => (at === where ? { ...section, fields } : section)) }
}

/** The next free key of a kind: `date`, `date_2`. */
export function freeName(design: Design, where: Where, kind: string): string {
  const taken = new Set((where === LINES ? fieldsAt(design, LINES) : everyField(design)).map((field) => field.name))
  const stem = kind === 'unit' ? 'department' : kind
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}_${n}`
    if (!taken.has(name)) return name
  }
}

export function added(design: Design, kind: string, label: string, { where, at }: Place): Design {
  const field: DesignField = { name: freeName(design, where, kind), kind, label }
  if (kind === 'choice' || kind === 'choices') field.options = [{ value: '1', label: '1' }]
  if (kind === 'long') field.wide = true
  if (kind === 'working') field.span = spanOf(fieldsAt(design, where === LINES ? LINES : where))
  return withFields(design, where, fieldsAt(design, where).toSpliced(at, 0, field))
}

/** The two dates, or instants, that stand there already, with the halves of days. */
function spanOf(fields: DesignField[]): DesignSpan {
  const named = (kind: string) => fields.filter((field) => field.kind === kind).map((field) => field.name)
  const [dates, instants, halves] = [named('date'), named('datetime'), named('half')]
  const days = dates.length > 1 || !instants.length
  const [from, until] = days ? dates : instants
  return { from, until, unit: days ? 'days' : 'hours', ...(days && halves.length > 1 && { from_half: halves[0], until_half: halves[1] }) }
}

export function moved(design: Design, from: Place, to: Place): Design {
  const field = fieldAt(design, from)
  if (!field) return design
  if (to.where === LINES && SINGLE.includes(field.kind)) return design
  const at = from.where === to.where && from.at < to.at ? to.at - 1 : to.at
  const without = withFields(design, from.where, fieldsAt(design, from.where).toSpliced(from.at, 1))
  const fields = fieldsAt(without, to.where)
  const taken = (to.where === LINES ? fields : everyField(without)).some((one) => one.name === field.name)
  const named = taken ? { ...field, name: freeName(without, to.where, field.name) } : field
  return withFields(without, to.where, fields.toSpliced(at, 0, named))
}

export const removed = (design: Design, { where, at }: Place): Design => withFields(design, where, fieldsAt(design, where).toSpliced(at, 1))

export function changed(design: Design, { where, at }: Place, values: Partial<DesignField>): Design {
  const told = Object.entries({ ...fieldsAt(design, where)[at], ...values })
  const field = Object.fromEntries(told.filter(([name, value]) => (name === 'list' ? value === false : !isNothing(value))))
  return withFields(design, where, fieldsAt(design, where).toSpliced(at, 1, field as unknown as DesignField))
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || value === false

/** A setting of the whole form; an empty one is left out. */
export function setting(design: Design, values: Partial<Design>): Design {
  return Object.fromEntries(Object.entries({ ...design, ...values }).filter(([, value]) => !isNothing(value))) as unknown as Design
}

export const withSection = (design: Design, at: number, values: Partial<DesignSection>): Design => ({
  ...design,
  sections: design.sections.map((section, position) => (position === at ? { ...section, ...values } : section)),
})
export const newSection = (design: Design, title: string): Design => ({ ...design, sections: [...design.sections, { title, fields: [] }] })
export const withoutSection = (design: Design, at: number): Design => ({ ...design, sections: design.sections.toSpliced(at, 1) })

/** What a field lets one choose from. */
export const optionsOf = (field: DesignField) =>
  field.kind === 'half'
    ? HALVES.map((value) => ({ value, label: i18n.t(`office.half.${value}`) }))
    : field.options?.map((option) => ({ value: option.value, label: said(option) }))

/** What a formula may say: all fields, and the columns of the lines. Within a line: its own columns. */
export function namesOf(design: Design, where: Where | null): FormulaName[] {
  const name = (prefix: string) => (field: DesignField) => ({
    name: prefix + field.name,
    label: said(field) || field.name,
    type: field.kind,
    options: optionsOf(field),
  })
  if (where === LINES) return fieldsAt(design, LINES).map(name(''))
  const lines = design.lines
  return [...everyField(design).map(name('')), ...(lines?.fields.map(name(`${lines.name}.`)) ?? [])]
}

const PLACE = /^design\.(?:sections\.(\d+)|lines)\.fields\.(\d+)(?:\.(.+))?$/

/** Errors by the field they are about (`0.2`, `lines.1`) and its setting; others under ''. */
export function placedErrors(errors: FieldError[]): Record<string, Record<string, string>> {
  const result: Record<string, Record<string, string>> = {}
  for (const { path, detail } of errors) {
    const [, section, at, rest] = PLACE.exec(path) ?? []
    const key = at === undefined ? '' : `${section ?? LINES}.${at}`
    result[key] = { ...result[key], [at === undefined ? path.replace(/^design\.?/, '') : (rest ?? '')]: detail }
  }
  return result
}
export const placeKey = ({ where, at }: Place) => `${where}.${at}`

/** A design as a file, and back; what is no design says so by null. */
export const exported = (name: string, values: Values) => JSON.stringify({ millwright: 'form', name, ...values }, null, 1)
export function imported(text: string): Design | null {
  try {
    const told = JSON.parse(text) as { millwright?: string; design?: unknown }
    const design = told.millwright === 'form' ? told.design : told
    return design && Array.isArray((design as Partial<Design>).sections) ? (design as Design) : null
  } catch {
    return null
  }
}
