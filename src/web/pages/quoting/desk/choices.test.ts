import { describe, expect, it } from 'vitest'
import type { Line } from '@/api/types'
import type { LineEdit } from '@/kit/document/model'
import { chosen, isOpenTo, isOwn, said, written } from './choices'

const machine = { id: 7, label: 'UTM-E' }
const made = { id: 3, version: 1, _label: 'CF-3', code: 'E47-100-L' }
const line = (more: object): Line => ({ id: 1, seq: 1, ...more }) as Line

describe('choosing writes into the line one stands on', () => {
  it('where nothing stands yet or something configured does, not over other goods', () => {
    expect(isOpenTo({ _k: 'a' }, undefined)).toBe(true)
    expect(isOpenTo({ _k: 'a', item: machine }, undefined)).toBe(false)
    expect(isOpenTo({ _k: 'a', id: 1 }, line({ item: machine, configuration: null }))).toBe(false)
    expect(isOpenTo({ _k: 'a', id: 1 }, line({ item: machine, configuration: { id: 3, label: 'E47' } }))).toBe(true)
  })

  it('keeps what is chosen with the line, and takes the configuration made of it', () => {
    const rows: LineEdit[] = [{ _k: 'a', quantity: '2' }, { _k: 'b' }]
    const of = said(5, { F: '100' })
    const now = written(chosen(rows, 'a', { table: 5, choices: { F: '100' } }), 'a', undefined, machine, made, of)
    expect(now[0]).toMatchObject({ quantity: '2', item: machine, spec: 'E47-100-L', configuration: { id: 3, label: 'CF-3' } })
    expect(now[0]).not.toHaveProperty('description')
    expect(now[1]).toBe(rows[1])
  })

  it('changes the configuration in place only while it is this line’s alone', () => {
    const rows = written(chosen([{ _k: 'a' }], 'a', { table: 5, choices: {} }), 'a', undefined, machine, made, said(5, {}))
    expect(isOwn(rows, 'a', 5)).toBe(true)
    expect(isOwn(rows, 'a', 6)).toBe(false)
    expect(isOwn([...rows, { _k: 'b', configuration: { id: 3, label: 'CF-3' } }], 'a', 5)).toBe(false)
    expect(isOwn([{ _k: 'a', configuration: { id: 3, label: 'saved' } }], 'a', 5)).toBe(false)
  })

  it('lets the words of an item go with the item', () => {
    const [row] = written([{ _k: 'a', id: 1, description: 'Pump' }], 'a', line({ item: { id: 1, label: 'Pump' } }), machine, made, '')
    expect(row).toMatchObject({ item: machine, description: null, measure: null, tax_rate: null })
  })
})
