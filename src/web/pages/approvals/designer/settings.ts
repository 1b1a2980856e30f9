import i18n from 'i18next'
import type { Field, FieldType, Option } from '@/api/types'
import { isRaw } from '@/kit/field/parse'
import type { FlowNode, Kind } from './drawing'

export interface Group {
  title: string
  fields: Field[]
}

const PEOPLE: Kind[] = ['approve', 'handle']
export const BUTTONS = ['agree', 'refuse', 'return', 'add_before', 'add_after', 'add_beside', 'hand_over', 'delegate', 'copy'] as const
const SHARES = [50, 80, 100]

/** What holds where a node says nothing. */
export const DEFAULTS: Record<string, unknown> = {
  mode: 'all',
  empty: 'admin',
  same_as_initiator: 'head',
  repeated: 'none',
  'rejected.then': 'end',
  return_to: 'resubmit',
  'deadline.remind': SHARES.map(String),
}

const field = (name: string, type: FieldType, more: Partial<Field> = {}): Field => {
  const help = `designer.help.${name.replace('.', '_')}`
  return { name, type, label: i18n.t(`designer.set.${name.replace('.', '_')}`), help: i18n.exists(help) ? i18n.t(help) : '', ...more }
}
const choice = (name: string, values: readonly string[], more: Partial<Field> = {}): Field =>
  field(name, 'choice', {
    required: true,
    options: values.map((value) => ({ value, label: i18n.t(`designer.${name.replace('.', '_')}.${value}`) })),
    ...more,
  })

const member = (name: string) => field(name, 'member', { resource: 'organization.member' })

/** The settings of a node, as fields in groups; who is asked and what branches ask have editors of their own. */
export function groupsOf(node: FlowNode, fields: Option[], hideable: Option[], places: Option[]): Group[] {
  const title = (name: string) => i18n.t(`designer.section.${name}`)
  const group = (name: string, ...some: (Field | false)[]): Group => ({ title: title(name), fields: some.filter((one) => one !== false) })
  if (node.kind === 'subflow') return [group('does', field('flow', 'ref', { resource: 'approvals.flow', required: true }))]
  if (node.kind === 'webhook') return [group('does', field('webhook', 'ref', { resource: 'kernel.webhook', required: true }))]
  if (!PEOPLE.includes(node.kind)) return []
  const approve = node.kind === 'approve'
  const timed = !!read(node, 'deadline.hours')
  const then = read(node, 'deadline.then')
  return [
    group(
      'decide',
      choice('mode', ['all', 'ratio', 'any', 'first_approval', 'sequence', 'random']),
      node.mode === 'ratio' && field('ratio', 'int', { required: true }),
      approve && field('veto', 'bool'),
      approve && choice('rejected.then', ['end', 'return']),
      read(node, 'rejected.then') === 'return' && field('rejected.to', 'choice', { options: places, required: true }),
      approve && choice('return_to', ['resubmit', 'again']),
    ),
    group(
      'guards',
      choice('empty', ['pass', 'refuse', 'admin', 'member']),
      typeof node.empty === 'number' && member('empty_member'),
      choice('same_as_initiator', ['self', 'skip', 'head']),
      choice('repeated', ['none', 'once', 'consecutive']),
    ),
    group(
      'deadline',
      field('deadline.hours', 'int'),
      timed && field('deadline.remind', 'choices', { options: SHARES.map((share) => ({ value: String(share), label: `${share}%` })) }),
      timed && choice('deadline.then', ['escalate', 'transfer', 'approve', 'reject'], { required: false }),
      timed && then === 'transfer' && member('deadline.to'),
      timed && then === 'approve' && field('deadline.not_above', 'money'),
    ),
    group(
      'form',
      field('editable', 'choices', { options: fields }),
      field('hidden', 'choices', { options: hideable }),
      field('buttons', 'choices', { options: BUTTONS.map((value) => ({ value, label: i18n.t(`designer.button.${value}`) })) }),
      field('signature', 'bool'),
    ),
  ]
}

/** A setting by its path; members stand beside the choices of what to do with nobody to ask. */
export function read(node: FlowNode, path: string): unknown {
  if (path === 'empty_member') return typeof node.empty === 'number' ? node.empty : null
  if (path === 'empty' && typeof node.empty === 'number') return 'member'
  const [name = '', inner] = path.split('.')
  const value = inner ? (node[name] as Record<string, unknown> | undefined)?.[inner] : node[name]
  if (path === 'deadline.remind' && Array.isArray(value)) return value.map(String)
  return value ?? DEFAULTS[path]
}

const NUMBERS = ['ratio', 'deadline.hours']

/** What an input gave, in the form in which the drawing keeps it. */
function plain(path: string, value: unknown): unknown {
  if (isRaw(value)) return value.raw
  if (typeof value === 'object' && value !== null && 'id' in value) return Number(value.id)
  if (path === 'deadline.remind') return (value as string[]).map(Number).sort((one, other) => one - other)
  if (NUMBERS.includes(path) && value !== null) return Number(value)
  return Array.isArray(value) && value.length === 0 ? undefined : (value ?? undefined)
}

/** The settings that change when one is set. */
export function written(node: FlowNode, path: string, given: unknown): Partial<FlowNode> {
  const value = plain(path, given)
  if (path === 'empty_member') return { empty: value ?? 0 }
  if (path === 'empty' && value === 'member') return { empty: 0 }
  const [name = '', inner] = path.split('.')
  if (!inner) return { [name]: value }
  if (path === 'deadline.hours' && !value) return { deadline: undefined }
  const before = (node[name] ?? {}) as Record<string, unknown>
  const whole = Object.fromEntries(Object.entries({ ...before, [inner]: value }).filter(([, one]) => one !== undefined))
  return { [name]: Object.keys(whole).length ? whole : undefined }
}
