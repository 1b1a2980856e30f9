/** The wire contract of docs/api.md, as types. */

import type { Held } from './held'
import type { MenuGroup } from './menu'
import type { Sums } from './sums'

export type Id = number | string
export type Values = Record<string, unknown>
export type Colour = 'default' | 'blue' | 'cyan' | 'green' | 'orange' | 'red' | 'purple' | 'gold'

export type FieldType =
  | 'text'
  | 'long'
  | 'int'
  | 'decimal'
  | 'money'
  | 'price'
  | 'percent'
  | 'date'
  | 'division'
  | 'datetime'
  | 'bool'
  | 'choice'
  | 'state'
  | 'ref'
  | 'member'
  | 'unit'
  | 'email'
  | 'phone'
  | 'url'
  | 'json'
  | 'choices'
  | 'refs'
  | 'file'

export interface Option {
  value: string
  label: string
  color?: Colour
}

export interface Field {
  name: string
  label: string
  type: FieldType
  resource?: string
  lookup?: Record<string, string>
  only?: Record<string, string[]>
  /** Of a value that is a short table. */
  columns?: Field[]
  options?: Option[]
  scale?: number
  required?: boolean
  readonly?: boolean
  help?: string
  filter?: boolean
  sort?: boolean
  sum?: boolean
  width?: number
  max_length?: number
  custom?: boolean
  masked?: boolean
  names?: 'resource'
  /** In the company's own currency, whatever the document is in. */
  home?: boolean
  /** A percentage that is shown as a bar too, full at 100. */
  bar?: boolean
  /** What holds when it is left out. */
  default?: unknown
}

export interface FieldsSection {
  kind: 'fields'
  title: string
  fields: string[]
}

export interface LinesSection {
  kind: 'lines'
  title: string
  name: string
  fields: Record<string, Field>
  columns: string[]
  totals?: string[]
  /** Only lines in which these fields hold these values are summed up. */
  counted?: Record<string, string>
  /** Written by actions only. */
  fixed?: boolean
}

export interface ActionMeta {
  verb: string
  label: string
  when: string[]
  then: string | null
  style: 'primary' | 'default' | 'danger'
  confirm?: string
  bulk?: boolean
  help?: string
  /** Its purpose is the document it makes: work goes on there. */
  opens?: boolean
  params: Field[]
}

export interface Rights {
  create?: boolean
  change?: boolean
  delete?: boolean
  import?: boolean
  export?: boolean
}

export interface Description {
  key: string
  label: string
  plural: string
  url: string
  title: string
  fields: Record<string, Field>
  columns: string[]
  default_sort: string
  /** Rights on its documents are the company's own to give, share and explain. */
  access?: boolean
  /** Why nothing of it can be changed: the company's plan does not hold it. */
  closed?: string
  filters: string[]
  groups: string[]
  search_hint?: string
  form: (FieldsSection | LinesSection)[]
  summary?: string[]
  states: Option[]
  actions: Record<string, ActionMeta>
  editable_when: string[] | null
  /** Printed forms; `seal`: in which states the reader may have the company's seal on it, none named for all. */
  prints: { key: string; label: string; ways?: string[]; seal?: string[] }[]
  /** Whether a document without a number may be given one by hand. */
  typed_number: boolean
  can: Rights
}

export interface ResourceMeta {
  label: string
  plural: string
  url: string
  icon: string
  can: Rights
  approval?: boolean
}

export interface RefValue {
  id: Id
  label: string
}

export interface Member {
  id: number
  name: string
  email: string
  language: string
  unit: RefValue | null
  roles?: RefValue[]
  is_admin: boolean
  /** The role through whose eyes an administrator looks. */
  seen_as?: string
}

export interface Meta {
  company: {
    name: string
    slug: string
    currency: string
    timezone: string
    today: string
    state: string
    until: string | null
    read_only: boolean
    sandbox: boolean
  }
  member: Member
  menu: MenuGroup[]
  resources: Record<string, ResourceMeta>
  limits?: { name: string; detail: string }[]
  unread: number
}

export type Line = Values & { id?: Id }

export type Doc = Values & {
  id: Id
  version: number
  number?: string
  _key: string
  _label: string
  /** In lists: a word or two beside its name. */
  _mark?: string
  _actions?: string[]
  /** Verbs that others may use or that are possible at other times, with the reason why not now. */
  _blocked?: Record<string, string>
  _can?: Rights
  /** Fields that name another document, and which. */
  _links?: Record<string, Omit<DocLink, 'label'>>
}

export interface DocLink {
  _key: string
  id: Id
  label: string
}

export interface ActionAnswer {
  document: Doc
  created: { _key: string; id: Id; _label: string }[]
  /** It waits until others have decided. */
  held?: Held
}

export interface Rows<T = Doc> extends Sums {
  rows: T[]
  next: string | null
  count?: number
  count_exact?: boolean
}

export interface Group extends Sums {
  value: string | number | boolean | null
  label: string
  count: number
}

export interface LookupRow extends RefValue {
  sub?: string
  values?: Values
}

export interface FieldError {
  path: string
  code: string
  detail: string
}

export interface Help {
  label: string
  action: string
  values?: Values
}

export interface Problem {
  title: string
  status: number
  code: string
  detail: string
  errors?: FieldError[]
  help?: Help[]
  current?: Doc
  /** What the sender has to say first: who decides at these steps, what was checked. */
  choose?: { node: string; label: string }[]
  checklist?: { kind: string; title: string; items: string[] }
}

export interface StreamEvent {
  id: Id
  at: string
  by: RefValue | null
  kind: string
  title: string
  text?: string
  changes?: { field: string; label: string; from: string; to: string }[]
  subject?: DocLink
}

export interface Note {
  id: Id
  at: string
  by: RefValue | null
  text: string
  mentions: RefValue[]
}

export interface FileRow {
  id: Id
  name: string
  size: number
  type: string
  url: string
  at: string
  by: RefValue | null
}

export interface Job {
  id: Id
  kind: string
  label: string
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  message: string
  result: Values & { file?: string }
  created_at: string
}
