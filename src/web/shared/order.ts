/** A list with one of its entries some places further; as it is when that lies beyond an end. */
export function moved<T>(list: T[], at: number, by: number): T[] {
  const to = at + by
  if (to < 0 || to >= list.length) return list
  const next = [...list]
  const [one] = next.splice(at, 1)
  next.splice(to, 0, one as T)
  return next
}
