/** A card that a finger has lifted, and the stage it hovers over. */
export interface Carried {
  deal: string
  over: string | null
}

interface Told {
  carried: (carried: Carried | null) => void
  drop: (deal: string, stage: string) => void
}

const HOLD_MS = 350
/** So far a resting finger may slip, in pixels; further is a scroll. */
const SLACK = 8
const EDGE = 56
const SPEED = 9

const stageAt = (x: number, y: number) => document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-stage]')?.dataset.stage ?? null

/**
 * Cards of a board by finger: one that rests on a card lifts it, carries it along and lets it down on a stage. What a mouse does is the
 * browser's own drag and drop, which phones and the views inside of messengers do not have for fingers.
 */
export function byFinger(board: HTMLElement, told: Told): () => void {
  let timer = 0
  let frame = 0
  let carried: Carried | null = null
  let start = { x: 0, y: 0 }
  let pull = 0

  const follow = (x: number, y: number) => {
    board.style.setProperty('--finger-x', `${x}px`)
    board.style.setProperty('--finger-y', `${y}px`)
    const { left, right } = board.getBoundingClientRect()
    pull = x > right - EDGE ? SPEED : x < left + EDGE ? -SPEED : 0
  }
  const scroll = () => {
    board.scrollLeft += pull
    frame = requestAnimationFrame(scroll)
  }
  const lift = (deal: string) => {
    carried = { deal, over: null }
    follow(start.x, start.y)
    navigator.vibrate?.(15)
    told.carried(carried)
    frame = requestAnimationFrame(scroll)
  }
  const end = () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    if (carried) told.carried(null)
    carried = null
  }
  const down = (event: PointerEvent) => {
    const card = (event.target as Element).closest<HTMLElement>('[data-deal]')
    const deal = card?.dataset.deal
    if (event.pointerType === 'mouse' || !event.isPrimary || !deal || (event.target as Element).closest('button')) return
    start = { x: event.clientX, y: event.clientY }
    timer = window.setTimeout(() => lift(deal), HOLD_MS)
  }
  const move = ({ clientX: x, clientY: y }: PointerEvent) => {
    if (!carried) {
      if (Math.hypot(x - start.x, y - start.y) > SLACK) clearTimeout(timer)
      return
    }
    follow(x, y)
    const over = stageAt(x, y)
    if (over === carried.over) return
    carried = { ...carried, over }
    told.carried(carried)
  }
  const up = () => {
    const done = carried
    end()
    if (done?.over) told.drop(done.deal, done.over)
  }
  const hold = (event: Event) => {
    if (carried && event.cancelable) event.preventDefault()
  }
  const stop = new AbortController()
  const { signal } = stop
  board.addEventListener('pointerdown', down, { signal })
  window.addEventListener('pointermove', move, { signal })
  window.addEventListener('pointerup', up, { signal })
  window.addEventListener('pointercancel', end, { signal })
  for (const name of ['touchmove', 'touchend', 'contextmenu', 'dragstart']) {
    board.addEventListener(name, hold, { signal, passive: false, capture: true })
  }
  return () => {
    end()
    stop.abort()
  }
}
