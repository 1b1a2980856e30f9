import { useEffect, useRef } from 'react'
import { compute } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Field, LookupRow } from '@/api/types'
import type { LineEdit } from '../document/model'
import { lookupFilters } from '../field/useOptions'
import { resolved, unresolved } from './model'
import type { ChangeRows } from './useGrid'

/** Codes and names pasted into reference cells become references, one request a column; what is not found stays as typed. */
export function useResolve(rows: LineEdit[], columns: Field[], change: ChangeRows, context: (name: string) => unknown) {
  const { resources } = useMeta()
  const asked = useRef(new Set<string>())
  const field = useRef(context)
  field.current = context
  useEffect(() => {
    for (const [column, texts] of unresolved(rows, columns)) {
      const url = resources[column.resource ?? '']?.url
      const filters = lookupFilters(column, field.current)
      const mark = (text: string) => `${column.name} ${JSON.stringify(filters)} ${text}`
      const fresh = texts.filter((text) => !asked.current.has(mark(text)))
      if (!url || fresh.length === 0) continue
      for (const text of fresh) asked.current.add(mark(text))
      compute<{ rows: (LookupRow | null)[] }>(`${url}lookup/`, { texts: fresh, filters })
        .then((answer) => {
          const found = new Map(
            fresh.flatMap((text, i) => (answer.rows[i] ? [[text, { id: answer.rows[i].id, label: answer.rows[i].label }]] : [])),
          )
          change((known) => resolved(known, column, found))
        })
        .catch(() => {
          for (const text of fresh) asked.current.delete(mark(text))
        })
    }
  }, [rows, columns, change, resources])
}
