import type { Id, Line, RefValue } from '@/api/types'
import { isBlank, type LineEdit } from '@/kit/document/model'
import type { Choices } from '@/kit/selection/model'
import { configurationOf } from '@/kit/selection/pairing'

export interface Table {
  id: number
  name: string
  edition: number
  /** The item that stands on quotes for what is configured with it. */
  item: number | null
}

/** What is being chosen for a line, kept with the line's unsaved input; names with _ stay on this side. */
export interface Choosing {
  table: number
  choices: Choices
  /** The configuration made of it for this line, and of which choices. */
  own?: { id: Id; version: number; of: string; code: string }
}

interface Configured {
  id: Id
  version: number
  _label: string
  code: string
}

export const choosingOf = (row: LineEdit | undefined) => row?._choices as Choosing | undefined
export const said = (table: number, choices: Choices) => JSON.stringify([table, choices])

/** Whether choosing may write into a line: nothing stands on it yet, or something configured. Other goods stay as they are. */
export const isOpenTo = (row: LineEdit, stored: Line | undefined) =>
  isBlank(row) || !!choosingOf(row) || !!configurationOf(row, stored) || ('item' in row && !row.item)

/** One row changed; the same rows where it is gone meanwhile. */
const changed = (rows: LineEdit[], k: string, change: (row: LineEdit) => LineEdit): LineEdit[] =>
  rows.some((row) => row._k === k) ? rows.map((row) => (row._k === k ? change(row) : row)) : rows

export const chosen = (rows: LineEdit[], k: string, choosing: Choosing): LineEdit[] =>
  changed(rows, k, (row) => ({ ...row, _choices: { ...choosingOf(row), ...choosing } }))

/** The configuration of this line may be changed in place: it was made for it just now, and no other line shows it. */
export const isOwn = (rows: LineEdit[], k: string, table: number): boolean => {
  const choosing = choosingOf(rows.find((row) => row._k === k))
  const id = choosing?.own?.id
  if (id === undefined || !choosing?.own?.of.startsWith(`[${table},`)) return false
  return !rows.some((row) => row._k !== k && (row.configuration as RefValue | null | undefined)?.id === id)
}

/** The line takes a configuration; its specification follows, and the other words of its item where the item is another one. */
export function written(
  rows: LineEdit[],
  k: string,
  stored: Line | undefined,
  item: RefValue | null,
  made: Configured,
  of: string,
): LineEdit[] {
  return changed(rows, k, (row) => {
    const before = ('item' in row ? row.item : stored?.item) as RefValue | null | undefined
    const other = item && before && before.id !== item.id ? { description: null, measure: null, tax_rate: null } : {}
    return {
      ...row,
      ...other,
      ...(item && { item }),
      spec: made.code,
      configuration: { id: made.id, label: made._label },
      _choices: { ...(choosingOf(row) as Choosing), own: { id: made.id, version: made.version, of, code: made.code } },
    }
  })
}
