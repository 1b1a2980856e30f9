import { useEffect, useState } from 'react'
import { compute } from '@/api/http'
import type { Values } from '@/api/types'
import { type Computed, computedFrom, outgoing } from './model'
import type { Editor } from './useEditor'

const DELAY = 300

/** What the server makes of the unsaved input: defaults, prices, totals. Nothing is calculated here. */
export function usePreview({ description, doc, edits, dirty }: Editor, active: boolean): { computed: Computed | null; waiting: boolean } {
  const [computed, setComputed] = useState<Computed | null>(null)
  const [settled, setSettled] = useState<Values | null>(null)
  const wanted = active && (dirty || !doc)
  useEffect(() => {
    if (!wanted) {
      setComputed(null)
      return
    }
    let current = true
    const ask = async () => {
      const { body, sent } = outgoing(description, edits)
      try {
        const answer = await compute<Values>(`${description.url}preview/`, doc ? { id: doc.id, ...body } : body)
        if (current) setComputed(computedFrom(answer, sent))
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
