import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import type { LineEdit } from '../document/model'
import {
  arrowStep,
  at,
  cleared,
  filledDown,
  inserted,
  movedBy,
  nextCell,
  parseTsv,
  pasted,
  rangeOf,
  removed,
  resolved,
  shifted,
  toTsv,
  unresolved,
} from './model'

const column = (name: string, type: Field['type'], readonly = false): Field => ({ name, label: name, type, readonly })
const columns = [column('item', 'ref'), column('note', 'text'), column('quantity', 'decimal'), column('amount', 'money', true)]
const rows = (...cells: object[]): LineEdit[] => cells.map((one, i) => ({ _k: `k${i}`, ...one }))

describe('clipboard', () => {
  it('reads Excel text with quoted newlines, tabs and quotes', () =>
    expect(parseTsv('a\t"x\ny"\r\nb\t"q""q"\r\n')).toEqual([
      ['a', 'x\ny'],
      ['b', 'q"q'],
    ]))
  it('keeps a quote inside a cell', () => expect(parseTsv('3" pipe\tx')).toEqual([['3" pipe', 'x']]))
  it('comes back as it went', () => {
    const cells = [
      ['a\tb', 'c"d', ''],
      ['x\ny', '1', '2'],
    ]
    expect(parseTsv(toTsv(cells))).toEqual(cells)
  })
})

describe('paste', () => {
  it('adds rows, passes over computed columns and keeps what it cannot read', () => {
    const next = pasted(rows({}), columns, { r: 0, c: 0 }, [
      ['M-1', 'n', '１,２００', '99'],
      ['M-2', '', 'two', '99'],
    ])
    expect(next).toHaveLength(2)
    expect(next[0]).toEqual({ _k: 'k0', item: { raw: 'M-1' }, note: 'n', quantity: '1200' })
    expect(next[1]).toMatchObject({ note: null, quantity: { raw: 'two' } })
  })
  it('leaves untouched cells of existing lines alone', () =>
    expect(pasted(rows({ id: 4, note: 'x' }), columns, { r: 0, c: 2 }, [['5']])[0]).toEqual({ _k: 'k0', id: 4, note: 'x', quantity: '5' }))
  it('takes a large block', () => {
    const block = Array.from({ length: 200 }, (_, i) => [`M-${i}`, 'n', '1'])
    expect(pasted([], columns, { r: 0, c: 0 }, block)).toHaveLength(200)
  })
})

describe('references by text', () => {
  const start = rows({ item: { raw: 'M-1' } }, { item: { raw: 'M-1' } }, { item: { raw: 'zz' } }, { item: { id: 1, label: 'A' } })
  it('asks each text once', () => expect([...unresolved(start, columns).values()]).toEqual([['M-1', 'zz']]))
  it('fills in what was found and leaves the rest as typed', () => {
    const item = columns[0] as Field
    const next = resolved(start, item, new Map([['M-1', { id: 9, label: 'M-1' }]]))
    expect(next.map((row) => row.item)).toEqual([{ id: 9, label: 'M-1' }, { id: 9, label: 'M-1' }, { raw: 'zz' }, { id: 1, label: 'A' }])
    expect(resolved(start, item, new Map())).toBe(start)
  })
})

describe('moving', () => {
  it('skips computed cells with Tab and wraps', () => {
    expect(nextCell({ r: 0, c: 2 }, columns, 2, 1)).toEqual({ r: 1, c: 0 })
    expect(nextCell({ r: 1, c: 0 }, columns, 2, -1)).toEqual({ r: 0, c: 2 })
    expect(nextCell({ r: 1, c: 2 }, columns, 2, 1)).toEqual({ r: 1, c: 2 })
  })
  it('stays inside and extends with shift', () => {
    expect(movedBy(at(0, 0), -1, -1, 3, 4).active).toEqual({ r: 0, c: 0 })
    expect(rangeOf(movedBy(at(1, 1), 1, 1, 3, 4, true))).toEqual({ top: 1, bottom: 2, left: 1, right: 2 })
  })
  it('jumps', () => {
    expect(arrowStep('End', true)).toEqual([1e4, 1e4])
    expect(arrowStep('x', false)).toBeNull()
  })
})

describe('rows', () => {
  const three = rows({ note: 'a' }, { note: 'b' }, { note: 'c' })
  const notes = (list: LineEdit[]) => list.map((row) => row.note)
  const range = (top: number, bottom: number) => ({ top, bottom, left: 0, right: 3 })
  it('inserts, removes and moves', () => {
    expect(notes(inserted(three, 1))).toEqual(['a', undefined, 'b', 'c'])
    expect(notes(removed(three, range(0, 1)))).toEqual(['c'])
    expect(notes(shifted(three, range(0, 1), 1))).toEqual(['c', 'a', 'b'])
    expect(shifted(three, range(0, 1), -1)).toBe(three)
  })
  it('clears and fills down', () => {
    expect(notes(cleared(three, columns, range(0, 1)))).toEqual([null, null, 'c'])
    expect(notes(filledDown(three, columns, range(0, 2), ({ c }) => (c === 1 ? 'a' : undefined)))).toEqual(['a', 'a', 'a'])
  })
})
