import type { Drawing, FlowNode, Who } from './drawing'
import { SOURCES } from './words'

const MEMBER = 'organization.member'

type Translate = (resource: string, id: number) => number | undefined

const translated = (who: Who, to: Translate): Who => {
  const { detail, resource } = SOURCES[who.source] ?? {}
  if (!detail || !resource) return who
  const given = who[detail]
  if (Array.isArray(given)) return { ...who, [detail]: given.flatMap((id) => to(resource, Number(id)) ?? []) }
  return typeof given === 'number' ? { ...who, [detail]: to(resource, given) } : who
}

const SINGLE: [keyof FlowNode & string, string][] = [
  ['empty', MEMBER],
  ['flow', 'approvals.flow'],
  ['webhook', 'kernel.webhook'],
]

/** Everything a drawing names by number, each put through a translation. */
export function mapped(drawing: Drawing, to: Translate): Drawing {
  const node = (one: FlowNode): FlowNode => {
    const next: FlowNode = { ...one, ...(one.who ? { who: one.who.map((who) => translated(who, to)) } : {}) }
    for (const [name, resource] of SINGLE) if (typeof one[name] === 'number') next[name] = to(resource, one[name])
    const deadline = one.deadline as { to?: number } | undefined
    if (deadline?.to !== undefined) next.deadline = { ...deadline, to: to(MEMBER, deadline.to) }
    return next
  }
  return { ...drawing, nodes: drawing.nodes.map(node) }
}

/** The numbers a drawing names, by where they are found. */
export function references(drawing: Drawing): Map<string, number[]> {
  const found = new Map<string, Set<number>>()
  mapped(drawing, (resource, id) => {
    found.set(resource, (found.get(resource) ?? new Set()).add(id))
    return id
  })
  return new Map([...found].map(([resource, ids]) => [resource, [...ids].sort((one, other) => one - other)]))
}

const MARK = 'millwright.flow'

/** A drawing for another company: what it names by number stands beside it by name. */
export const packed = (drawing: Drawing, names: (resource: string, id: number) => string) => ({
  format: MARK,
  drawing,
  names: Object.fromEntries(
    [...references(drawing)].map(([resource, ids]) => [resource, Object.fromEntries(ids.map((id) => [String(id), names(resource, id)]))]),
  ),
})

export type Packed = ReturnType<typeof packed>
export const isPacked = (value: unknown): value is Packed => (value as Packed | null)?.format === MARK
