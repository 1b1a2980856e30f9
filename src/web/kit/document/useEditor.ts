import { useCallback, useMemo, useRef } from 'react'
import type { Description, Doc, Field, Values } from '@/api/types'
import { useDrafts } from '@/workspace/drafts'
import { type Draft, isTyped } from '@/workspace/drafts.model'
import { pathOf, readField } from '../field/path'
import { draftTitle, type LineEdit, rowsOf, storedLines } from './model'

const NOTHING: Values = {}
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Unsaved input of one document; the draft store is the only place it lives. */
export function useEditor(description: Description, doc: Doc | null, draftId: string, title: string) {
  const draft = useDrafts((state) => state.drafts[draftId])
  const edits = draft?.edits ?? NOTHING
  const now = useRef({ doc, title })
  now.current = { doc, title }

  const write = useCallback(
    (change: (draft: Pick<Draft, 'edits' | 'base'>) => Pick<Draft, 'edits' | 'base'>) => {
      const { doc, title } = now.current
      const { drafts, put, drop } = useDrafts.getState()
      const known = drafts[draftId]
      const next = change({ edits: known?.edits ?? {}, base: known?.base ?? {} })
      if (doc && Object.keys(next.edits).length === 0) drop(draftId)
      else put(draftId, { ...next, version: known ? known.version : (doc?.version ?? null), title: draftTitle(title, doc, next.edits) })
    },
    [draftId],
  )

  const setField = useCallback(
    (field: Field, value: unknown) =>
      write(({ edits, base }) => {
        const path = pathOf(field)
        const { doc } = now.current
        const stored = path in base ? base[path] : readField(doc, field)
        if (doc && same(stored, value)) {
          const { [path]: _undone, ...rest } = edits
          return { edits: rest, base }
        }
        return { edits: { ...edits, [path]: value }, base: { ...base, [path]: stored ?? null } }
      }),
    [write],
  )

  const setLines = useCallback(
    (name: string, change: (rows: LineEdit[]) => LineEdit[]) =>
      write(({ edits, base }) => {
        const { doc } = now.current
        const rows = rowsOf(doc, edits, name)
        const next = change(rows)
        if (next === rows) return { edits, base }
        return { edits: { ...edits, [name]: next }, base: { ...base, [name]: base[name] ?? storedLines(doc, name) } }
      }),
    [write],
  )

  const replace = useCallback(
    (edits: Values, base: Values, version: number) => {
      const { put, drop } = useDrafts.getState()
      if (Object.keys(edits).length === 0) drop(draftId)
      else put(draftId, { edits, base, version, title: now.current.title })
    },
    [draftId],
  )
  const discard = useCallback(() => useDrafts.getState().drop(draftId), [draftId])

  return useMemo(
    () => ({ description, doc, draft, edits, dirty: !!draft && isTyped(draft), setField, setLines, replace, discard }),
    [description, doc, draft, edits, setField, setLines, replace, discard],
  )
}

export type Editor = ReturnType<typeof useEditor>
