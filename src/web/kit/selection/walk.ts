import type { KeyboardEvent } from 'react'

const STEPS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Arrows go from value to value, and from option to option to the value that is chosen there. */
export function walk(event: KeyboardEvent<HTMLElement>) {
  const chip = (event.target as HTMLElement).closest<HTMLElement>('.chip')
  const row = chip?.closest('.chips')
  const step = STEPS[event.key]
  if (!chip || !row || !step) return
  event.preventDefault()
  const chips = [...row.querySelectorAll<HTMLElement>('.chip')]
  const rows = [...event.currentTarget.querySelectorAll('.chips')]
  const next = rows[rows.indexOf(row) + step[1]]
  const there = next?.querySelector<HTMLElement>('.chip[aria-pressed="true"]') ?? next?.querySelector<HTMLElement>('.chip')
  const found = step[0] ? chips[chips.indexOf(chip) + step[0]] : there
  found?.focus()
}
