import { useEffect, useRef, useState } from 'react'
import { byFinger, type Carried } from './finger'

/** The board that fingers move cards on: where to put it, and what is being carried. */
export function useFinger(drop: (deal: string, stage: string) => void) {
  const [board, setBoard] = useState<HTMLElement | null>(null)
  const [carried, setCarried] = useState<Carried | null>(null)
  const latest = useRef(drop)
  latest.current = drop
  useEffect(() => {
    if (!board) return
    return byFinger(board, { carried: setCarried, drop: (deal, stage) => latest.current(deal, stage) })
  }, [board])
  return { setBoard, carried }
}
