import type { Id, RefValue } from '@/api/types'

/** A contact as the relation map draws it. */
export interface Person {
  id: Id
  name: string
  job?: string
  part?: string
  stand?: string
  phone?: string
  email?: string
  reports_to?: RefValue | null
  influences?: RefValue | null
  left_on?: string | null
}

export const [WIDTH, HEIGHT] = [190, 96]

/** Whom a relation joins to nobody else of those shown. */
function alone(people: Person[]): Set<string> {
  const ids = new Set(people.map((one) => String(one.id)))
  const pairs = people.flatMap((one) => [one.reports_to, one.influences].map((other) => [String(one.id), other ? String(other.id) : '']))
  const joined = new Set(pairs.filter((pair) => ids.has(pair[1] ?? '')).flat())
  return new Set([...ids].filter((id) => !joined.has(id)))
}

/** Where each person stands: below whom they report to, side by side; a circle is drawn from whoever comes first; whoever stands alone, in rows below. */
export function places(people: Person[]): Map<string, { x: number; y: number }> {
  const loners = alone(people)
  const ids = new Set(people.map((one) => String(one.id)).filter((id) => !loners.has(id)))
  const above = new Map(people.map((one) => [String(one.id), one.reports_to ? String(one.reports_to.id) : '']))
  const below = (id: string) => people.map((one) => String(one.id)).filter((one) => above.get(one) === id)
  const found = new Map<string, { x: number; y: number }>()
  let free = 0
  const put = (id: string, depth: number): number => {
    found.set(id, { x: 0, y: depth * HEIGHT })
    const children = below(id).filter((one) => !found.has(one))
    const xs = children.map((one) => put(one, depth + 1))
    const x = xs.length > 0 ? (Math.min(...xs) + Math.max(...xs)) / 2 : free++ * WIDTH
    found.set(id, { x, y: depth * HEIGHT })
    return x
  }
  for (const id of ids) if (!ids.has(above.get(id) ?? '')) put(id, 0)
  for (const id of ids) if (!found.has(id)) put(id, 0)
  const across = Math.max(free, 2)
  const first = found.size > 0 ? Math.max(...[...found.values()].map(({ y }) => y)) + HEIGHT : 0
  for (const [at, id] of [...loners].entries()) found.set(id, { x: (at % across) * WIDTH, y: first + Math.floor(at / across) * HEIGHT })
  return found
}
