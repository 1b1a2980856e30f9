import type { InputProps } from '@/kit/field/overlays'

interface Moved {
  label: string
  ids: number[]
}

/** How many documents of each kind a merge moved. */
export default function MovedInput({ id, value }: InputProps) {
  const rows = (Array.isArray(value) ? (value as Moved[]) : []).filter((row) => row.label)
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row.label, (sums.get(row.label) ?? 0) + row.ids.length)
  return (
    <span id={id} data-testid="moved">
      {[...sums].map(([label, count]) => `${label} ${count}`).join(' · ') || '—'}
    </span>
  )
}
