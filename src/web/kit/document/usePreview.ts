import { useEffect, useRef, useState } from 'react'
import { compute } from '@/api/http'
import type { Doc, Values } from '@/api/types'
import { type Computed, computedFrom, outgoing } from './model'
import type { Editor } from './useEditor'

const DELAY = 300

/** What the server makes of the unsaved input: defaults, prices, totals. Nothing is calculated here. */
export function usePreview({ description, doc, edits, dirty }: Editor, active: boolean): { computed: Computed | null; waiting: boolean } {
  const [computed, setComputed] = useState<Computed | null>(null)
  const [settled, setSettled] = useState<Values | null>(null)
  const asked = useRef<{ edits: Values; doc: Doc | null } | null>(null)
  const wanted = active && (dirty || !doc)
  useEffect(() => {
    if (!wanted) {
      asked.current = null
      setComputed(null)
      return
    }
    // a pane that is shown again runs its effects again; what it asked is still true
    if (asked.current?.edits === edits && asked.current.doc === doc) return
    let current = true
    const ask = async () => {
      const { body, sent } = outgoing(description, edits)
      try {
        const answer = await compute<Values>(`${description.url}preview/`, doc ? { id: doc.id, ...body } : body)
        if (!current) return
        asked.current = { edits, doc }
        setComputed(computedFrom(answer, sent))
      } catch {
        // half-filled input may be beyond calculation; saving will say what is wrong
      }
      if (current) setSettled(edits)
    }
    const timer = setTimeout(() => void ask(), DELAY)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [wanted, description, doc, edits])
  return { computed, waiting: wanted && settled !== edits }
}
