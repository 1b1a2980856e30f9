import { newLine } from '@/kit/document/model'
import { type Cell, type Table, text } from './cells'
import { SHEETS, type SheetName } from './sheets'

export type Cells = Partial<Record<SheetName, Cell[]>>

/** The rows of all sheets as cells, for a workbook. */
export const cellsOf = (table: Table): Cells =>
  Object.fromEntries(
    (Object.keys(SHEETS) as SheetName[]).map((name) => [
      name,
      SHEETS[name].read(table).map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !column.startsWith('_')))),
    ]),
  )

/** Sheets whose rows hold more than their columns show. */
const HOLDING: SheetName[] = ['options', 'rules', 'presets', 'questions', 'cases']

/** What tells a row from the others of its sheet; a value belongs to the option above it. */
function identities(name: SheetName, rows: Cell[]): string[] {
  let option = ''
  return rows.map((row) => {
    if (name !== 'options') return text(row.code ?? row.name)
    option = text(row.name) || option
    return `${option} ${text(row.code)}`
  })
}

/** A table with the sheets of a workbook in place of its own. What no column shows stays with the row it belonged to. */
export function filled(table: Table, sheets: Cells): Table {
  return (Object.keys(SHEETS) as SheetName[]).reduce((found, name) => {
    const rows = sheets[name]
    if (!rows) return found
    const before = HOLDING.includes(name) ? SHEETS[name].read(found) : []
    const known = new Map(identities(name, before).map((id, at) => [id, before[at]] as const))
    const heads = new Map(before.flatMap((row) => (text(row.name) ? [[text(row.name), row._raw] as const] : [])))
    const now = identities(name, rows).map((id, at) => {
      const row = rows[at] ?? {}
      const raw = name === 'options' ? heads.get(text(row.name)) : known.get(id)?._raw
      return newLine({ ...row, _raw: raw, _value: known.get(id)?._value })
    })
    return SHEETS[name].write(found, now).table
  }, table)
}
