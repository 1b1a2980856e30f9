import type { Id } from '@/api/types'

export const CARD = { width: 208, height: 68 }
const ACROSS = 72
const DOWN = 16

interface Row {
  id: Id
  above: Id | null
}

export interface Node<T> {
  item: T
  depth: number
  children: Node<T>[]
}

/** Rows as trees: those whose upper row is not among them stand at the top. A ring of rows is cut where it begins. */
export function forest<T extends Row>(rows: T[]): Node<T>[] {
  const known = new Set(rows.map((row) => row.id))
  const below = new Map<Id | null, T[]>()
  for (const row of rows) {
    const above = row.above !== null && known.has(row.above) ? row.above : null
    below.set(above, [...(below.get(above) ?? []), row])
  }
  const seen = new Set<Id>()
  const grow = (row: T, depth: number): Node<T> => {
    seen.add(row.id)
    const children = (below.get(row.id) ?? []).filter((one) => !seen.has(one.id))
    return { item: row, depth, children: children.map((one) => grow(one, depth + 1)) }
  }
  const top = (below.get(null) ?? []).map((row) => grow(row, 0))
  return [...top, ...rows.filter((row) => !seen.has(row.id)).flatMap((row) => (seen.has(row.id) ? [] : [grow(row, 0)]))]
}

/** The rows of trees one after the other, as an indented list shows them. */
export const flat = <T>(nodes: Node<T>[]): Node<T>[] => nodes.flatMap((node) => [node, ...flat(node.children)])

/** A tidy tree from left to right: what stands below stands to the right, its upper card in the middle before it. */
export function layout<T extends Row>(rows: T[]): Map<Id, { x: number; y: number }> {
  const places = new Map<Id, { x: number; y: number }>()
  let bottom = 0
  const place = ({ item, depth, children }: Node<T>): number => {
    const middles = children.map(place)
    const first = middles[0]
    const last = middles.at(-1)
    const y = first === undefined || last === undefined ? bottom : (first + last) / 2
    if (first === undefined) bottom += CARD.height + DOWN
    places.set(item.id, { x: depth * (CARD.width + ACROSS), y })
    return y
  }
  for (const root of forest(rows)) place(root)
  return places
}

/** Whether one row stands somewhere below another, or is the same. */
export function isBelow(rows: Row[], id: Id, other: Id): boolean {
  const above = new Map(rows.map((row) => [row.id, row.above]))
  const seen = new Set<Id>()
  for (let key: Id | null | undefined = id; key !== null && key !== undefined && !seen.has(key); key = above.get(key)) {
    if (key === other) return true
    seen.add(key)
  }
  return false
}
