import { useState } from 'react'
import { queryString, useLookup, useMeta } from '@/api/queries'
import type { Field, Id, LookupRow } from '@/api/types'
import { useDebounced } from '@/shared/useDebounced'

const NOTHING: LookupRow[] = []
const idOf = (value: unknown) => (typeof value === 'object' && value !== null && 'id' in value ? (value as { id: Id }).id : value)

/** What a picker is narrowed down to: by itself, and by other fields (the contacts of this customer). */
export function lookupFilters(field: Field, context?: (name: string) => unknown) {
  const taken = Object.entries(field.lookup ?? {}).map(([filter, from]) => [filter, idOf(context?.(from))])
  return { ...field.only, ...Object.fromEntries(taken) }
}

/** What a reference may be: asked from the server while typing, narrowed by the fields it depends on. */
export function useOptions(field: Field, open: boolean, context?: (name: string) => unknown, start = '') {
  const [text, setText] = useState(start)
  const settled = useDebounced(text, 180)
  const url = useMeta().resources[field.resource ?? '']?.url
  const query = queryString({ q: settled, limit: 20, ...lookupFilters(field, context) })
  const { data, isFetching } = useLookup(url, query, open)
  const busy = isFetching || text !== settled
  // answers to an earlier text are not offered: Enter and Tab take the first row that is shown
  return { text, setText, rows: busy ? NOTHING : (data?.rows ?? NOTHING), busy }
}

/** A reference given by its id alone (from a link or a suggestion) learns its name. */
export function useLabel(field: Field, value: unknown): string | undefined {
  const url = useMeta().resources[field.resource ?? '']?.url
  const bare = typeof value === 'number' || (typeof value === 'string' && value !== '')
  const { data } = useLookup(url, queryString({ id: String(value), limit: 1 }), bare)
  return bare ? data?.rows[0]?.label : undefined
}
