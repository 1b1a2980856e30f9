import { token } from '@/shared/text'

export const STEPS = ['approve', 'handle', 'copy'] as const
export const SPLITS = ['condition', 'parallel', 'inclusive'] as const
export const OTHERS = ['subflow', 'wait', 'set', 'webhook'] as const
export type Kind = (typeof STEPS)[number] | (typeof SPLITS)[number] | (typeof OTHERS)[number] | 'start' | 'join' | 'end'

/** Where people come from, each with what that source needs to know. */
export interface Who {
  source: string
  [detail: string]: unknown
}

export interface FlowNode {
  id: string
  kind: Kind
  name: string
  who?: Who[]
  [setting: string]: unknown
}

export interface Edge {
  from: string
  to: string
  when?: string
}

export interface Drawing {
  nodes: FlowNode[]
  edges: Edge[]
}

const among = (kinds: readonly string[], kind: string) => kinds.includes(kind)
export const isSplit = (node: FlowNode | undefined) => !!node && among(SPLITS, node.kind)
export const isManned = (node: FlowNode) => among(STEPS, node.kind)
/** Branches of these are taken or left by what their edges say. */
export const isDecided = (node: FlowNode | undefined) => node?.kind === 'condition' || node?.kind === 'inclusive'

export const nodeOf = (drawing: Drawing, id: string) => drawing.nodes.find((node) => node.id === id)
export const leaving = ({ edges }: Drawing, id: string) => edges.filter((edge) => edge.from === id)
export const same = (one: Edge, other: Edge) => one.from === other.from && one.to === other.to
export const edgeKey = ({ from, to }: Edge) => `${from}>${to}`

export const isDrawing = (value: unknown): value is Drawing => {
  const { nodes, edges } = (value ?? {}) as Partial<Drawing>
  return Array.isArray(nodes) && Array.isArray(edges) && nodes.length > 0 && nodes.every((node) => typeof node?.id === 'string')
}

/** Names of new nodes come from the screen, in the reader's language. */
export type Naming = (kind: Kind) => string

export const blank = (name: Naming): Drawing => ({
  nodes: [
    { id: 'start', kind: 'start', name: name('start') },
    { id: 'end', kind: 'end', name: name('end') },
  ],
  edges: [{ from: 'start', to: 'end' }],
})

const fresh = (drawing: Drawing, kind: Kind) => {
  for (;;) {
    const id = `${kind}_${token(4)}`
    if (!nodeOf(drawing, id)) return id
  }
}

/** Every node that can be reached from one, itself included. */
export function reach(drawing: Drawing, from: string): Set<string> {
  const found = new Set([from])
  for (const id of found) for (const edge of leaving(drawing, id)) found.add(edge.to)
  return found
}

/** Where the branches of a split meet again: the nearest node that every one of them passes. */
export function meeting(drawing: Drawing, split: string): string | undefined {
  const branches = leaving(drawing, split).map((edge) => reach(drawing, edge.to))
  const shared = [...(branches[0] ?? [])].filter((id) => branches.every((branch) => branch.has(id)))
  return shared.find((id) => reach(drawing, id).size === shared.length)
}

/** The nodes between a split and where its branches meet. */
export function within(drawing: Drawing, split: string): Set<string> {
  const end = meeting(drawing, split)
  const after = end ? reach(drawing, end) : new Set<string>()
  return new Set([...reach(drawing, split)].filter((id) => !after.has(id)))
}

const starting = (drawing: Drawing, kind: Kind, name: Naming): FlowNode => ({
  id: fresh(drawing, kind),
  kind,
  name: name(kind),
  ...(among(STEPS, kind) ? { who: [{ source: 'superior', level: 1 }] } : {}),
})

/** A new node on an edge; one that splits comes with two branches and the place where they meet. */
export function insert(drawing: Drawing, edge: Edge, kind: Kind, name: Naming): { drawing: Drawing; id: string } {
  const node = starting(drawing, kind, name)
  if (!isSplit(node)) return { drawing: spliced(drawing, edge, [node], [], node.id, node.id), id: node.id }
  const step = starting(drawing, 'approve', name)
  const other = starting(drawing, 'approve', name)
  const join: FlowNode = { id: fresh(drawing, 'join'), kind: 'join', name: name('join') }
  const branch = (to: FlowNode): Edge[] => [
    { from: node.id, to: to.id },
    { from: to.id, to: join.id },
  ]
  const open = kind === 'parallel' ? branch(other) : [{ from: node.id, to: join.id }]
  const nodes = kind === 'parallel' ? [node, step, other, join] : [node, step, join]
  const first = branch(step).map((one, at) => (at === 0 && kind !== 'parallel' ? { ...one, when: '' } : one))
  return { drawing: spliced(drawing, edge, nodes, [...first, ...open], node.id, join.id), id: node.id }
}

/** Nodes with the edges among them take the place of an edge; what the edge asked stays asked. */
function spliced(drawing: Drawing, edge: Edge, nodes: FlowNode[], inner: Edge[], first: string, last: string): Drawing {
  return {
    nodes: [...drawing.nodes, ...nodes],
    edges: drawing.edges.flatMap((one) => (same(one, edge) ? [{ ...one, to: first }, ...inner, { from: last, to: one.to }] : [one])),
  }
}

/** One more branch, before the one that is taken otherwise. */
export function addBranch(drawing: Drawing, split: string, name: Naming): Drawing {
  const end = meeting(drawing, split)
  const node = nodeOf(drawing, split)
  if (!end || !node) return drawing
  const step = starting(drawing, 'approve', name)
  const way: Edge[] = [
    { from: split, to: step.id, ...(isDecided(node) ? { when: '' } : {}) },
    { from: step.id, to: end },
  ]
  const otherwise = isDecided(node) ? drawing.edges.findIndex((edge) => edge.from === split && edge.when === undefined) : -1
  const at = otherwise < 0 ? drawing.edges.length : otherwise
  return { nodes: [...drawing.nodes, step], edges: drawing.edges.toSpliced(at, 0, ...way) }
}

/** Without a branch; the last one left is no choice any more, and the split goes with it. */
export function removeBranch(drawing: Drawing, edge: Edge): Drawing {
  const rest = { ...drawing, edges: drawing.edges.filter((one) => !same(one, edge)) }
  return dissolved(swept(rest), edge.from)
}

/** Only what the start still leads to. */
function swept(drawing: Drawing): Drawing {
  const kept = reach(drawing, drawing.nodes.find((node) => node.kind === 'start')?.id ?? '')
  return {
    nodes: drawing.nodes.filter((node) => kept.has(node.id)),
    edges: drawing.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)),
  }
}

function dissolved(drawing: Drawing, split: string): Drawing {
  const ways = leaving(drawing, split)
  if (ways.length !== 1 || !isSplit(nodeOf(drawing, split))) return drawing
  return without(joinless(drawing), split)
}

/** Where only one way arrives, nothing meets. */
function joinless(drawing: Drawing): Drawing {
  const idle = drawing.nodes.filter((node) => node.kind === 'join' && drawing.edges.filter((edge) => edge.to === node.id).length === 1)
  return idle.reduce((so, node) => without(so, node.id), drawing)
}

/** Takes a node out of its way: what led to it now leads to what followed. */
function without(drawing: Drawing, id: string): Drawing {
  const [next] = leaving(drawing, id)
  if (!next) return drawing
  const edges = drawing.edges.filter((edge) => edge.from !== id).map((edge) => (edge.to === id ? { ...edge, to: next.to } : edge))
  const twice = edges.find((edge, at) => edges.findIndex((one) => same(one, edge)) !== at)
  const plain = { nodes: drawing.nodes.filter((node) => node.id !== id), edges }
  if (!twice) return plain
  const asking = edges.findIndex((edge) => same(edge, twice) && edge.when !== undefined)
  const gone = asking < 0 ? edges.findIndex((edge) => same(edge, twice)) : asking
  return dissolved({ ...plain, edges: edges.toSpliced(gone, 1) }, twice.from)
}

/** A node goes, a split with all that is between it and where its branches meet. */
export function remove(drawing: Drawing, id: string): Drawing {
  const node = nodeOf(drawing, id)
  if (!node || node.kind === 'start' || node.kind === 'end') return drawing
  if (!isSplit(node)) return without(drawing, id)
  const end = meeting(drawing, id)
  if (!end) return drawing
  const gone = within(drawing, id)
  const target = nodeOf(drawing, end)?.kind === 'join' ? (leaving(drawing, end)[0]?.to ?? end) : end
  if (target !== end) gone.add(end)
  return {
    nodes: drawing.nodes.filter((one) => !gone.has(one.id)),
    edges: drawing.edges.filter((edge) => !gone.has(edge.from)).map((edge) => (edge.to === id ? { ...edge, to: target } : edge)),
  }
}

/** Whether a node may be set down on an edge: not beside itself, and only what stands alone can be moved. */
export const canMove = (drawing: Drawing, id: string, edge: Edge) => {
  const node = nodeOf(drawing, id)
  if (!node || isSplit(node) || ['start', 'end', 'join'].includes(node.kind)) return false
  return edge.from !== id && edge.to !== id
}

export function move(drawing: Drawing, id: string, edge: Edge): Drawing {
  const node = nodeOf(drawing, id)
  if (!node || !canMove(drawing, id, edge)) return drawing
  const lifted = without(drawing, id)
  const target = lifted.edges.find((one) => same(one, edge))
  return target ? spliced(lifted, target, [node], [], id, id) : drawing
}

export const changed = (drawing: Drawing, id: string, settings: Partial<FlowNode>): Drawing => ({
  ...drawing,
  nodes: drawing.nodes.map((node) => (node.id === id ? tidy({ ...node, ...settings }) : node)),
})

/** Settings that are not made are not written down. */
const tidy = (node: FlowNode): FlowNode =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined && value !== null)) as FlowNode

export const asked = (drawing: Drawing, edge: Edge, when: string): Drawing => ({
  ...drawing,
  edges: drawing.edges.map((one) => (same(one, edge) ? { ...one, when } : one)),
})

/** A branch is tried before the one that stood in front of it. */
export function earlier(drawing: Drawing, edge: Edge): Drawing {
  const at = drawing.edges.findIndex((one) => same(one, edge))
  const before = drawing.edges.slice(0, at).findLastIndex((one) => one.from === edge.from)
  const [one, other] = [drawing.edges[at], drawing.edges[before]]
  if (!one || !other) return drawing
  return { ...drawing, edges: drawing.edges.with(before, one).with(at, other) }
}
