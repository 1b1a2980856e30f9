import { describe, expect, it } from 'vitest'
import type { Line } from '@/api/types'
import type { LineEdit } from '../document/model'
import { followed, registerFollow } from '../grid/follows'
import { configurationOf, letGo, letGoOf } from './pairing'

const [machine, pump] = [
  { id: 7, label: 'UTM-E' },
  { id: 8, label: 'Pump' },
]
const configuration = { id: 3, label: 'CF-3' }
const saved = { id: 1, seq: 1, item: machine, configuration, spec: 'E47' } as Line
const row: LineEdit = { _k: 'a', id: 1 }

describe('another item on a configured line', () => {
  it('lets go of what was saved, and brings it back with the former item', () => {
    const gone = letGo({ ...row, item: pump }, row, saved)
    expect([configurationOf(gone, saved), letGoOf(gone)?.name]).toEqual([null, 'E47'])
    const cleared = letGo({ ...gone, item: null }, gone, saved)
    const back = letGo({ ...cleared, item: machine }, cleared, saved)
    expect(back).toEqual({ ...row, item: machine })
    expect(configurationOf(back, saved)).toBe(configuration)
  })

  it('lets go of what was typed for it and keeps what is typed for the new one', () => {
    const typed = { _k: 'b', item: machine, configuration, spec: 'E47', unit_price: '9', quantity: '2', _choices: { table: 5 } }
    const gone = letGo({ ...typed, item: pump, description: 'Small' }, typed, undefined)
    expect(gone).toEqual({ _k: 'b', item: pump, quantity: '2', description: 'Small', _letGo: expect.anything() })
    expect(letGo({ ...gone, item: machine, quantity: '3' }, gone, undefined)).toEqual({ ...typed, quantity: '3' })
  })

  it('leaves lines alone that have none, and one that takes another configuration along', () => {
    const plain = { _k: 'c', item: machine }
    expect(letGo({ ...plain, item: pump }, plain, undefined)).toEqual({ _k: 'c', item: pump })
    const both = { ...row, item: pump, configuration: { id: 4, label: 'CF-4' } }
    expect(letGo(both, row, saved)).toBe(both)
  })

  it('follows a change of the lines where it is registered', () => {
    registerFollow('test.lines', letGo)
    const now = [{ ...row, item: pump }]
    expect(letGoOf(followed('test.lines', [row], now, new Map([[1, saved]]))[0] as LineEdit)?.item).toBe(machine)
    expect(followed('other.lines', [row], now, new Map())).toBe(now)
  })
})
