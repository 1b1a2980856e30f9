import type { ActionMeta, Colour, Description, DocLink, Field, Id, Option, RefValue, Values } from '@/api/types'
import { formatList } from '@/shared/format'

/** One person's part in a step. */
export interface Part {
  id: Id | null
  who: RefValue
  instead_of: RefValue | null
  state: string
  decision: string
  decision_label: string
  color: Colour
  comment: string
  /** The file it is kept in. */
  signature: Id | null
  at: string | null
  changes: { label: string; from: string; to: string }[]
}

export interface Step {
  node: string
  name: string
  kind: string
  state: 'done' | 'now' | 'next' | 'skipped' | 'cancelled' | 'returned'
  mode: string
  since: string | null
  due: string | null
  late: boolean
  tasks: Part[]
}

/** A call that waits, or waited, to be decided, as the document it is about shows it. */
export interface Approval {
  id: Id
  version: number
  state: string
  state_label: string
  color: Colour
  verb: string
  verb_label: string
  by: RefValue
  at: string
  ended_at: string | null
  /** When what was approved was carried out. */
  done_at: string | null
  flow: RefValue
  reason: string
  task: Id | null
  task_version: number | null
  task_actions: string[]
  actions: string[]
  /** What is not possible just now, with the reason. */
  blocked: Record<string, string>
  editable: string[]
  signature: boolean
  choose?: boolean
  /** Where it can be sent back to from here. */
  returns: { id: string; label: string }[]
  asked: { label: string; text: string }[]
  outcome: string
  steps: Step[]
}

/** An approval by itself, for its parties. */
export interface Story extends Approval {
  resource: string
  subject: string
  document: DocLink | null
  /** The document as its reader may see it. */
  content: Values | null
  drawing: { nodes: { id: string; kind: string; name: string }[] }
}

const MANNED = ['approve', 'handle']

const RUNNING = 'running'
const OPEN = 'active'

export const isRunning = ({ state }: Approval) => state === RUNNING
/** Something can still be done about it: it is being decided, or what was approved could not be carried out. */
export const isOpen = ({ state }: Approval) => state === RUNNING || state === 'failed'
/** Approved, and about to be carried out. */
export const isUnderWay = ({ state, done_at }: Approval) => state === 'approved' && done_at === null
export const current = ({ steps }: Approval) => steps.filter((step) => step.state === 'now')

/** Who has it now; those who have answered are not waited for. */
export const holders = (approval: Approval) =>
  formatList([
    ...new Set(current(approval).flatMap((step) => step.tasks.filter(({ state }) => state === OPEN).map(({ who }) => who.label))),
  ])

/** The places a verb may name: those that were passed to go back to, all where people decide for a rescue. */
export function places(verb: string, { returns, drawing }: Pick<Story, 'returns' | 'drawing'>): Option[] {
  if (verb !== 'jump') return returns.map(({ id, label }) => ({ value: id, label }))
  return drawing.nodes.filter(({ kind }) => MANNED.includes(kind)).map(({ id, name }) => ({ value: id, label: name || id }))
}

const OUTLAY = ['primary', 'default', 'danger']

/** Verbs as buttons: what is usual first, what is dangerous last. */
export const ordered = (actions: Record<string, ActionMeta> | undefined, verbs: string[]): ActionMeta[] =>
  verbs.flatMap((verb) => actions?.[verb] ?? []).sort((one, other) => OUTLAY.indexOf(one.style) - OUTLAY.indexOf(other.style))

interface Asked {
  signature: boolean
  choose?: boolean
  places?: Option[]
}

/** What a verb asks here: a signature and the next approver only where the flow wants them, places as a choice. */
export function asking(params: Field[], { signature, choose = false, places = [] }: Asked): Field[] {
  return params.flatMap((param): Field[] => {
    if (param.name === 'signature') return signature ? [{ ...param, required: true }] : []
    if (param.name === 'chosen') return choose ? [param] : []
    if (param.name === 'node') return [{ ...param, type: 'choice', options: places }]
    return [param]
  })
}

/** The open fields of a document that is otherwise locked, with what stands in them. */
export function editing({ fields }: Description, { editable, content }: Pick<Story, 'editable' | 'content'>) {
  const params = editable.flatMap((name) => fields[name] ?? []).filter(({ readonly }) => !readonly)
  return { params, initial: Object.fromEntries(params.map(({ name }) => [name, content?.[name] ?? null])) }
}
