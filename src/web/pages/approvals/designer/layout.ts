import { type Drawing, type Edge, edgeKey, isSplit, leaving, meeting, nodeOf } from './drawing'

export const CARD = { width: 224, height: 84 }
const SMALL = { width: 164, height: 40 }
const DOT = { width: 14, height: 14 }
const ACROSS = 36
const DOWN = 68
/** Splits leave room under themselves for what their branches ask. */
const BRANCH = 104
const ELBOW = 22

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Way {
  edge: Edge
  path: string
  /** Where something can be put on it. */
  plus: { x: number; y: number }
  /** Where its condition stands. */
  label: { x: number; y: number } | null
}

export interface Layout {
  boxes: Map<string, Box>
  ways: Way[]
  width: number
  height: number
}

type Item = { id: string; branches: Column[]; width: number }
/** A run of nodes one below the other; an empty one is the way of a branch that does nothing. */
interface Column {
  items: Item[]
  width: number
}

const sizeOf = (drawing: Drawing, id: string) => {
  const kind = nodeOf(drawing, id)?.kind
  if (kind === 'join') return DOT
  return kind === 'start' || kind === 'end' || isSplit(nodeOf(drawing, id)) ? SMALL : CARD
}

function columnOf(drawing: Drawing, from: string, until: string | undefined, seen: Set<string>): Column {
  const items: Item[] = []
  for (let id: string | undefined = from; id && id !== until && !seen.has(id); ) {
    seen.add(id)
    const ways = leaving(drawing, id)
    const end: string | undefined = ways.length > 1 ? meeting(drawing, id) : undefined
    const branches: Column[] = ways.length > 1 ? ways.map((way) => columnOf(drawing, way.to, end, seen)) : []
    const across = branches.reduce((sum, branch) => sum + branch.width, 0) + ACROSS * Math.max(0, branches.length - 1)
    items.push({ id, branches, width: Math.max(sizeOf(drawing, id).width, across) })
    id = ways.length > 1 ? end : ways[0]?.to
  }
  return { items, width: Math.max(CARD.width * 0.7, ...items.map((item) => item.width)) }
}

/** Lays a flow out from the top down, branches side by side, each over the place where they meet. */
export function layout(drawing: Drawing): Layout {
  const boxes = new Map<string, Box>()
  const lanes = new Map<string, number>()
  const place = (column: Column, middle: number, top: number): number => {
    let y = top
    for (const { id, branches } of column.items) {
      const { width, height } = sizeOf(drawing, id)
      boxes.set(id, { x: middle - width / 2, y, width, height })
      y += height + (branches.length ? BRANCH : DOWN)
      const across = branches.reduce((sum, branch) => sum + branch.width, 0) + ACROSS * (branches.length - 1)
      let left = middle - across / 2
      let bottom = y
      leaving(drawing, id).forEach((edge, at) => {
        const branch = branches[at]
        if (!branch) return
        lanes.set(edgeKey(edge), left + branch.width / 2)
        bottom = Math.max(bottom, place(branch, left + branch.width / 2, y))
        left += branch.width + ACROSS
      })
      y = bottom
    }
    return y
  }
  const start = drawing.nodes.find((node) => node.kind === 'start') ?? drawing.nodes[0]
  const column = columnOf(drawing, start?.id ?? '', undefined, new Set())
  const height = place(column, column.width / 2, 0) - DOWN
  const ways = drawing.edges.flatMap((edge) => wayOf(edge, boxes, lanes.get(edgeKey(edge))) ?? [])
  return { boxes, ways, width: column.width, height }
}

function wayOf(edge: Edge, boxes: Map<string, Box>, lane: number | undefined): Way | null {
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)]
  if (!from || !to) return null
  const [x1, y1] = [from.x + from.width / 2, from.y + from.height]
  const [x2, y2] = [to.x + to.width / 2, to.y]
  const middle = lane ?? x1
  const path = rounded([
    [x1, y1],
    [x1, y1 + ELBOW],
    [middle, y1 + ELBOW],
    [middle, y2 - ELBOW],
    [x2, y2 - ELBOW],
    [x2, y2],
  ])
  const plus = { x: middle, y: lane === undefined ? y1 + DOWN / 2 : y1 + BRANCH - 30 }
  return { edge, path, plus, label: lane === undefined ? null : { x: middle, y: y1 + ELBOW + 16 } }
}

type Point = [number, number]
const RADIUS = 8

/** A line with right angles, their corners taken off. */
function rounded(points: Point[]): string {
  const kept = points.filter(([x, y], at) => at === 0 || x !== points[at - 1]?.[0] || y !== points[at - 1]?.[1])
  return kept
    .map(([x, y], at) => {
      const [before, after] = [kept[at - 1], kept[at + 1]]
      if (!before || !after) return `${before ? 'L' : 'M'}${x},${y}`
      const near = ([px, py]: Point) => {
        const r = Math.min(RADIUS, Math.hypot(px - x, py - y) / 2)
        return `${x + Math.sign(px - x) * r},${y + Math.sign(py - y) * r}`
      }
      return `L${near(before)}Q${x},${y} ${near(after)}`
    })
    .join('')
}
