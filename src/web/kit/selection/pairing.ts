import type { Id, Line, RefValue } from '@/api/types'
import type { LineEdit } from '../document/model'

/** What stood on a line when its item was exchanged by hand: it comes back with that item. */
export interface LetGo {
  item: RefValue
  /** What it was called. */
  name: string
  cells: Partial<LineEdit>
}

/** What comes of an item and of what was configured for it; what was typed of it goes with them. */
const OF_GOODS = ['configuration', '_choices', 'description', 'spec', 'measure', 'tax_rate', 'unit_price']

const itemOf = (row: LineEdit, stored: Line | undefined) => ('item' in row ? row.item : stored?.item) as RefValue | null | undefined
const idOf = (value: unknown): Id | null => (typeof value === 'object' && value !== null && 'id' in value ? (value as RefValue).id : null)

export const letGoOf = (row: LineEdit) => row._letGo as LetGo | undefined

/** The configuration that stands on a line: as typed, else as saved, as long as its item does. */
export function configurationOf(row: LineEdit | undefined, stored: Line | undefined): RefValue | null {
  if (row && 'configuration' in row) return row.configuration as RefValue | null
  const other = row && 'item' in row && idOf(row.item) !== idOf(stored?.item)
  return other ? null : ((stored?.configuration ?? null) as RefValue | null)
}

const without = (row: LineEdit, names: readonly string[]): LineEdit =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))) as LineEdit

/** Another item lets go of a configuration and of all that was typed of it; the former item chosen again brings them back. */
export function letGo(row: LineEdit, before: LineEdit, stored: Line | undefined): LineEdit {
  const [was, now] = [itemOf(before, stored), itemOf(row, stored)]
  if (idOf(now) === idOf(was)) return row
  const kept = letGoOf(row)
  if (kept && idOf(now) === idOf(kept.item)) return { ...without(row, [...OF_GOODS, '_letGo']), ...kept.cells, _k: row._k }
  const configuration = configurationOf(before, stored)
  if (!was || !configuration || (row.configuration ?? null) !== (before.configuration ?? null)) return row
  const cells = Object.fromEntries(Object.entries(before).filter(([name]) => OF_GOODS.includes(name)))
  const same = OF_GOODS.filter((name) => row[name] === before[name])
  const name = String(before.spec || stored?.spec || configuration.label)
  return { ...without(row, same), _letGo: { item: was, name, cells } }
}
