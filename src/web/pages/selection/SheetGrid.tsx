import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, LinesSection } from '@/api/types'
import { newLine } from '@/kit/document/model'
import { LineGrid } from '@/kit/grid/LineGrid'
import { vars } from '@/shared/vars'
import type { Row, Table } from './cells'
import { type Problem, placed } from './problems'
import { CHOICES, SHEETS, type SheetName } from './sheets'

interface Props {
  name: SheetName
  table: Table
  change: (table: Table) => void
  problems: Problem[]
  locked: boolean
}

const NONE = new Map()
/** Formulas and sentences get room to be read. */
const LONG = [
  'label',
  'label_en',
  'value',
  'value_en',
  'spec',
  'spec_en',
  'documents',
  'when',
  'then',
  'sentence',
  'sentence_en',
  'choices',
  'expect',
  'choose',
  'of',
  'price',
  'allowed',
]
const widthOf = (column: string) => (LONG.includes(column) ? 250 : 108)

/** One sheet of a table in the grid of the house: typed into, pasted from a spreadsheet, problems at their cells. */
export function SheetGrid({ name, table, change, problems, locked }: Props) {
  const { t } = useTranslation()
  const sheet = SHEETS[name]
  const begin = () => {
    const read = sheet.read(table).map((cell) => newLine(cell))
    return read.length ? read : [newLine()]
  }
  const [rows, setRows] = useState<Row[]>(begin)
  const sent = useRef(table)
  // what came from elsewhere (a draft restored, another version) is read anew; what was typed here keeps its rows
  useEffect(() => {
    if (sent.current === table) return
    sent.current = table
    setRows(begin())
  })
  const section = useMemo<LinesSection>(() => {
    const field = ([column, kind]: (typeof sheet.columns)[number]): Field => ({
      name: column,
      label: t(`selection.column.${name === 'options' && column === 'name' ? 'option' : column}`),
      type: kind === 'choice' ? 'choice' : 'text',
      options: CHOICES[`${name}.${column}`]?.map((value) => ({ value, label: t(`selection.kind.${value}`) })),
      readonly: locked,
      width: widthOf(column),
    })
    const fields = Object.fromEntries(sheet.columns.map((column) => [column[0], field(column)]))
    return { kind: 'lines', title: t(`selection.sheet.${name}`), name, fields, columns: sheet.columns.map(([column]) => column) }
  }, [name, sheet, locked, t])
  const errors = useMemo(() => placed(problems, rows, sheet.write(table, rows).places).errors, [problems, rows, sheet, table])
  const edit = (next: (rows: Row[]) => Row[]) => {
    const now = next(rows)
    setRows(now)
    const written = sheet.write(table, now).table
    sent.current = written
    change(written)
  }
  return (
    <div
      className="tablesheet"
      style={vars({ wide: `${sheet.columns.reduce((sum, [column]) => sum + widthOf(column), 44)}px` })}
      data-testid={`sheet-${name}`}
    >
      <p className="soft">{t(`selection.help.${name}`)}</p>
      <LineGrid
        section={section}
        rows={rows}
        stored={NONE}
        computed={undefined}
        errors={errors}
        locked={locked}
        change={edit}
        header={() => undefined}
      />
    </div>
  )
}
