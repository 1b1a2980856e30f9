import { useCallback, useRef, useState } from 'react'
import type { Drawing } from './drawing'

const MOST = 100

/** Every change of a drawing can be taken back; the drawing itself lives with the form's other input. */
export function useHistory(drawing: Drawing, write: (drawing: Drawing) => void) {
  const [{ past, future }, keep] = useState<{ past: Drawing[]; future: Drawing[] }>({ past: [], future: [] })
  const now = useRef({ drawing, write })
  now.current = { drawing, write }
  const change = useCallback((next: Drawing) => {
    const { drawing, write } = now.current
    if (next === drawing) return
    keep(({ past }) => ({ past: [...past.slice(1 - MOST), drawing], future: [] }))
    write(next)
  }, [])
  const undo = () => {
    const before = past.at(-1)
    if (!before) return
    keep({ past: past.slice(0, -1), future: [drawing, ...future] })
    write(before)
  }
  const redo = () => {
    const [after, ...rest] = future
    if (!after) return
    keep({ past: [...past, drawing], future: rest })
    write(after)
  }
  return { change, undo: past.length ? undo : null, redo: future.length ? redo : null }
}
