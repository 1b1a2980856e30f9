import { useCallback, useEffect, useMemo, useState } from 'react'
import { get, problemOf } from '@/api/http'
import type { Doc, Group, Rows } from '@/api/types'

interface Part {
  rows: Doc[]
  next: string | null
  busy: boolean
  problem?: string
}

export type Item = { kind: 'group'; group: Group; open: boolean } | { kind: 'row'; doc: Doc } | { kind: 'more'; group: Group; part: Part }

const keyOf = (group: Group) => JSON.stringify(group.value)
const condition = (field: string, { value }: Group) =>
  value === null ? `${field}__isnull=true` : `${field}=${encodeURIComponent(String(value))}`

/** Groups as a flat sequence of rows; an opened group brings its rows page by page. */
export function useGroupRows(url: string, query: string, field: string, groups: Group[] | undefined) {
  const [parts, setParts] = useState<Record<string, Part>>({})

  const load = useCallback(
    async (group: Group, from: Part | undefined) => {
      const key = keyOf(group)
      setParts((known) => ({ ...known, [key]: { rows: from?.rows ?? [], next: from?.next ?? null, busy: true } }))
      const cursor = from?.next ? `&cursor=${encodeURIComponent(from.next)}` : ''
      try {
        const answer = await get<Rows>(`${url}?${query}&${condition(field, group)}${cursor}`)
        setParts((known) =>
          known[key] ? { ...known, [key]: { rows: [...(from?.rows ?? []), ...answer.rows], next: answer.next, busy: false } } : known,
        )
      } catch (error) {
        setParts((known) => ({
          ...known,
          [key]: { rows: from?.rows ?? [], next: from?.next ?? null, busy: false, problem: problemOf(error).detail },
        }))
      }
    },
    [url, query, field],
  )

  // other filters, or fresh figures after a change: what is open is read anew
  useEffect(() => {
    setParts((known) => {
      for (const group of groups ?? []) if (known[keyOf(group)]) queueMicrotask(() => void load(group, undefined))
      return known
    })
  }, [groups, load])

  const toggle = useCallback(
    (group: Group) => {
      const key = keyOf(group)
      if (!parts[key]) return void load(group, undefined)
      setParts(({ [key]: _closed, ...rest }) => rest)
    },
    [parts, load],
  )

  const items = useMemo(
    () =>
      (groups ?? []).flatMap((group): Item[] => {
        const part = parts[keyOf(group)]
        const head: Item = { kind: 'group', group, open: !!part }
        if (!part) return [head]
        const more: Item[] = part.next || part.busy || part.problem ? [{ kind: 'more', group, part }] : []
        return [head, ...part.rows.map((doc): Item => ({ kind: 'row', doc })), ...more]
      }),
    [groups, parts],
  )
  return { items, toggle, more: (group: Group, part: Part) => void load(group, part) }
}
