import { useCallback, useMemo, useRef, useState } from 'react'
import { get, patch, post, problemOf } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Doc, Line, Problem, RefValue } from '@/api/types'
import { type LineEdit, newLine, rowsOf } from '@/kit/document/model'
import type { Editor } from '@/kit/document/useEditor'
import type { Choices } from '@/kit/selection/model'
import { useDrafts } from '@/workspace/drafts'
import { type Choosing, choosingOf, chosen, isOwn, said, type Table, written } from './choices'

export const CONFIGURATIONS = '/api/v1/selection/configurations/'
const NAME = 'lines'

export interface Lines {
  /** The lines as they are typed at this moment, whatever is drawn. */
  now: () => LineEdit[]
  tables: Table[]
  choose: (k: string, choosing: Choosing) => void
  change: (change: (rows: LineEdit[]) => LineEdit[]) => void
  /** A new line at the end; its key. */
  add: () => string
}

/** The lines of a quote as choosing needs them. */
export function useLines({ doc, setLines }: Pick<Editor, 'doc' | 'setLines'>, draftId: string, tables: Table[]): Lines {
  return useMemo(
    () => ({
      now: () => rowsOf(doc, useDrafts.getState().drafts[draftId]?.edits ?? {}, NAME),
      tables,
      choose: (k, choosing) => setLines(NAME, (rows) => chosen(rows, k, choosing)),
      change: (change) => setLines(NAME, change),
      add: () => {
        const fresh = newLine()
        setLines(NAME, (rows) => [...rows, fresh])
        return fresh._k
      },
    }),
    [doc, draftId, setLines, tables],
  )
}

/** What stands on quotes for a table; a table that is offered no more leaves the line its item. */
async function itemOf(table: Table | undefined): Promise<RefValue | null> {
  if (!table?.item) return null
  const queryFn = () => get<Doc>(`/api/v1/catalog/items/${table.item}/`)
  const item = await queryClient.fetchQuery({ queryKey: ['item', table.item], queryFn, staleTime: 300_000 })
  return { id: item.id, label: item._label }
}

/** Keeps what is chosen as a configuration and puts it into the line; one after the other, and only the newest of those that wait. */
export function useWriting(k: string, line: Line | undefined, lines: Lines) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Problem | null>(null)
  const waiting = useRef<[number, Choices] | null>(null)
  const running = useRef(false)

  const once = useCallback(
    async (table: number, choices: Choices) => {
      const rows = lines.now()
      const own = choosingOf(rows.find((row) => row._k === k))?.own
      const item = await itemOf(lines.tables.find((one) => one.id === table))
      const made =
        own && isOwn(rows, k, table)
          ? await patch<Doc & { code: string }>(`${CONFIGURATIONS}${own.id}/`, { choices, version: own.version })
          : await post<Doc & { code: string }>(CONFIGURATIONS, { rule_set: table, choices })
      lines.change((now) => written(now, k, line, item, made, said(table, choices)))
    },
    [k, line, lines],
  )

  const write = useCallback(
    async (table: number, choices: Choices) => {
      waiting.current = [table, choices]
      if (running.current) return
      running.current = true
      setBusy(true)
      setTrouble(null)
      try {
        while (waiting.current) {
          const [next, what] = waiting.current
          waiting.current = null
          await once(next, what)
        }
      } catch (error) {
        setTrouble(problemOf(error))
      } finally {
        running.current = false
        setBusy(false)
      }
    },
    [once],
  )
  return { write, busy, trouble }
}
