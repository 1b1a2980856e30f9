import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { Field } from '@/api/types'
import { type LineEdit, newLine } from '../document/model'
import { at, movedBy, nextCell, type Selection, type Step, setCell, setText } from './model'

export type ChangeRows = (change: (rows: LineEdit[]) => LineEdit[]) => void

/** Where the cursor is, what is being typed, and how an entry is committed. */
export function useGrid(rows: LineEdit[], columns: Field[], change: ChangeRows, box: RefObject<HTMLDivElement | null>, locked: boolean) {
  const [selection, setSelection] = useState<Selection>(at(0, 0))
  const [editing, setEditing] = useState<string | null>(null)
  const latest = useRef({ selection, editing, count: rows.length })
  useLayoutEffect(() => {
    latest.current = { selection, editing, count: rows.length }
  })

  const select = useCallback((next: Selection) => {
    latest.current.selection = next
    setSelection(next)
  }, [])
  const stop = useCallback(() => {
    latest.current.editing = null // leaving the editor blurs it, and the blur must not commit a second time
    setEditing(null)
  }, [])

  const edit = useCallback(
    (text: string) => {
      const column = columns[latest.current.selection.active.c]
      if (!locked && column && !column.readonly && latest.current.count > 0) setEditing(text)
    },
    [columns, locked],
  )

  const go = useCallback(
    (step: Step) => {
      const { active } = latest.current.selection
      const { count } = latest.current
      if (step === 'down' || step === 'up') select(movedBy(latest.current.selection, step === 'down' ? 1 : -1, 0, count, columns.length))
      else if (step !== 'stay') {
        const next = nextCell(active, columns, count, step === 'next' ? 1 : -1)
        select(at(next.r, next.c))
      }
      if (step !== 'stay') box.current?.focus({ preventScroll: true })
    },
    [box, columns, select],
  )

  const commit = useCallback(
    (entry: { text: string } | { value: unknown }, step: Step) => {
      if (latest.current.editing === null) return
      const { selection, count } = latest.current
      const { active } = selection
      const atEnd = step === 'down' ? active.r === count - 1 : step === 'next' && nextCell(active, columns, count, 1) === active
      stop()
      change((known) => {
        const next = 'text' in entry ? setText(known, columns, active, entry.text) : setCell(known, columns, active, entry.value)
        return atEnd ? [...next, newLine()] : next
      })
      if (atEnd) latest.current.count = count + 1
      go(step)
    },
    [change, columns, go, stop],
  )

  const cancel = useCallback(() => {
    stop()
    box.current?.focus({ preventScroll: true })
  }, [box, stop])

  return { selection, select, editing, setEditing, edit, commit, cancel, go, latest }
}

export type Grid = ReturnType<typeof useGrid>
