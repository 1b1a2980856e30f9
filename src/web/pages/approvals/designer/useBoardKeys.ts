import type { KeyboardEvent } from 'react'
import { type Drawing, leaving } from './drawing'

interface Board {
  drawing: Drawing
  selected: string | null
  held: string | null
  select: (id: string | null) => void
  letGo: () => void
  remove: (id: string) => void
  undo: (() => void) | null
  redo: (() => void) | null
  readonly: boolean
}

/** The node an arrow key leads to: along the flow, or to the branch beside. */
export function neighbour(drawing: Drawing, from: string | null, key: string): string | null {
  const start = drawing.nodes.find((node) => node.kind === 'start')?.id ?? null
  if (from === null) return start
  const before = drawing.edges.find((edge) => edge.to === from)
  if (key === 'ArrowDown') return leaving(drawing, from)[0]?.to ?? from
  if (key === 'ArrowUp') return before?.from ?? from
  const beside = before ? leaving(drawing, before.from) : []
  const at = beside.findIndex((edge) => edge.to === from)
  return beside[at + (key === 'ArrowRight' ? 1 : -1)]?.to ?? from
}

const chordOf = (event: KeyboardEvent) =>
  [(event.ctrlKey || event.metaKey) && 'ctrl', event.shiftKey && 'shift', event.key.length === 1 ? event.key.toLowerCase() : event.key]
    .filter(Boolean)
    .join('+')

const focus = (node: string | null) => requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-node="${node}"]`)?.focus())

/** Undo, redo, remove and walking about without a mouse. */
export function useBoardKeys(board: Board) {
  const { drawing, selected, held, select, letGo, remove, undo, redo, readonly } = board
  const changes: Record<string, (() => void) | null> = readonly
    ? {}
    : { 'ctrl+z': undo, 'ctrl+y': redo, 'ctrl+shift+z': redo, Delete: selected ? () => remove(selected) : null }
  const walk = (key: string) => () => {
    const next = neighbour(drawing, selected, key)
    select(next)
    focus(next)
  }
  const steps = Object.fromEntries(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].map((key) => [key, walk(key)]))
  const commands = { ...changes, ...steps, Escape: held ? letGo : () => select(null) }
  return (event: KeyboardEvent<HTMLElement>) => {
    if ((event.target as HTMLElement).closest('input, textarea, .ant-drawer, .ant-modal')) return
    const command = commands[chordOf(event) as keyof typeof commands] as (() => void) | null | undefined
    if (!command) return
    event.preventDefault()
    command()
  }
}
