import { describe, expect, it } from 'vitest'
import utm from '../../../../tenant_apps/selection/library/utm_e.json'
import vmc from '../../../../tenant_apps/selection/library/vmc.json'
import { choicesRead, choicesSaid, type Row, type Table } from './cells'
import { placed } from './problems'
import { SHEETS, type SheetName } from './sheets'
import { cellsOf, filled } from './workbook'

const shipped: Record<string, Table> = { utm_e: utm, vmc }
const keyed = (cells: Record<string, unknown>[]): Row[] => cells.map((cell, at) => ({ ...cell, _k: `r${at}` }))

/** The same table with both spellings of a text, figures as texts, and nothing that is empty. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled)
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? String(value) : value
  const { zh, en, ...rest } = value as Record<string, unknown>
  if (typeof zh === 'string' && !Object.keys(rest).length) return zh || en ? { zh: zh || en, en: en || zh } : ''
  const told = Object.entries(value).map(([name, one]) => [name, name === 'spec' ? specOf(one) : settled(one)] as const)
  return Object.fromEntries(
    told.filter(
      ([name, one]) => one !== '' && !(Array.isArray(one) && !one.length) && !(name === 'kind' && (one === 'single' || one === 'requires')),
    ),
  )
}

const specOf = (one: unknown) => (typeof one === 'string' ? { zh: one, en: one } : one)

describe('sheets of a table', () => {
  for (const name of ['utm_e', 'vmc'])
    for (const sheet of Object.keys(SHEETS) as SheetName[])
      it(`${sheet} of ${name} comes back as it was`, () => {
        const table = shipped[name] ?? {}
        const back = SHEETS[sheet].write(table, keyed(SHEETS[sheet].read(table))).table
        expect(settled(back)).toEqual(settled(table))
      })
  it('tells problems at their cell', () => {
    const table = { options: [{ name: 'F', values: [{ code: '5' }, { code: '10' }] }] }
    const rows = keyed(SHEETS.options.read(table))
    const { places } = SHEETS.options.write(table, rows)
    const { errors } = placed([{ path: 'options.0.values.1.price', code: 'bad_formula', detail: 'No' }], rows, places)
    expect(errors).toEqual({ r1: { price: 'No' } })
  })
})

describe('problems of a cell that is made of several', () => {
  it('stand in the column that is there', () => {
    const table = {
      options: [{ name: 'F' }],
      rules: [{ code: 'C', kind: 'combination', options: ['F'], rows: [['7']] }],
      questions: [{ name: 'q', choose: {}, warn: [{ when: 'x' }] }],
    }
    const at = (sheet: SheetName, path: string) => {
      const rows = keyed(SHEETS[sheet].read(table))
      return placed([{ path, code: 'unknown', detail: 'No' }], rows, SHEETS[sheet].write(table, rows).places).errors
    }
    expect(at('options', 'options.0.values')).toEqual({ r0: { code: 'No' } })
    expect(at('rules', 'rules.0.rows.0')).toEqual({ r0: { allowed: 'No' } })
    expect(at('questions', 'questions.0.warn.0.when')).toEqual({ r0: { when: 'No' } })
  })
})

describe('parts of a value that is not there', () => {
  it('are kept apart, and come back', () => {
    const table = { options: [{ name: 'F', values: [{ code: '5' }] }] }
    const rows = keyed([{ option: 'F', value: '7', item: 'LC', quantity: '1' }])
    const { table: kept, places } = SHEETS.parts.write(table, rows)
    expect(places).toEqual([['stray_bom.0']])
    expect(SHEETS.parts.read(kept)).toMatchObject([{ option: 'F', value: '7', item: 'LC' }])
  })
})

describe('a workbook', () => {
  for (const name of ['utm_e', 'vmc'])
    it(`brings all of ${name} into an empty table, but what no column shows`, () => {
      const table = shipped[name] ?? {}
      expect(settled(filled({}, cellsOf(table)))).toEqual(settled(table))
    })
  it('replaces its own sheets, and keeps what no column shows', () => {
    const options = [{ name: 'F', values: [{ code: '5', bom: [{ item: 'LC' }] }, { code: '10' }] }]
    const table = { options, rules: [{ code: 'R1' }] }
    const cells = [
      { name: 'F', code: '10' },
      { code: '5', price: '7' },
    ]
    const { options: now, rules } = filled(table, { options: cells }) as { options: { values: unknown }[]; rules: unknown }
    expect(now[0]?.values).toMatchObject([{ code: '10' }, { code: '5', price: '7', bom: [{ item: 'LC' }] }])
    expect(rules).toBe(table.rules)
  })
})

describe('choices in a cell', () => {
  it('goes there and back', () => {
    const several = (name: string) => name === 'grips'
    const said = 'F=100, grips=WG+CP*2'
    expect(choicesRead(said, several)).toEqual({ F: '100', grips: { WG: 1, CP: 2 } })
    expect(choicesSaid(choicesRead(said, several))).toBe(said)
  })
})
