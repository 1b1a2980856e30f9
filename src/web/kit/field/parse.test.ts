import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { parseDate, parseNumber, parseText } from './parse'

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({ name: 'f', label: 'F', type, ...more })

describe('numbers as people write them', () => {
  it.each([
    ['￥１,２００.５０', '1200.50'],
    ['1,234,567.891234', '1234567.891234'],
    ['(500)', '-500'],
    ['.5', '0.5'],
    ['12.', '12'],
    ['5%', '5'],
    ['69,300.00 元', '69300.00'],
    ['1.2万', '12000'],
    ['0.00005万', '0.5'],
    ['12345678901234567890.12', '12345678901234567890.12'],
  ])('%s', (text, value) => expect(parseNumber(text)).toBe(value))
  it.each(['abc', '1.2.3', '', '-', '1e5', '十'])('refuses %j', (text) => expect(parseNumber(text)).toBeNull())
})

describe('dates as people write them', () => {
  it.each([
    ['2026-11-21', '2026-11-21'],
    ['2026/1/5', '2026-01-05'],
    ['2026年1月5日', '2026-01-05'],
    ['20260228', '2026-02-28'],
    ['3.8', '2026-03-08'],
    ['２０２６．１．５', '2026-01-05'],
  ])('%s', (text, value) => expect(parseDate(text, 2026)).toBe(value))
  it.each(['2026-02-30', '2026-13-01', 'tomorrow'])('refuses %s', (text) => expect(parseDate(text, 2026)).toBeNull())
})

describe('text as a value', () => {
  const state = field('choice', { options: [{ value: 'draft', label: '草稿' }] })
  it('finds an option by label or code', () => {
    expect(parseText('草稿', state)).toBe('draft')
    expect(parseText('DRAFT', state)).toBe('draft')
  })
  it('keeps what it cannot read', () => {
    expect(parseText('x', state)).toEqual({ raw: 'x' })
    expect(parseText('twelve', field('money'))).toEqual({ raw: 'twelve' })
    expect(parseText(' M-1001 ', field('ref'))).toEqual({ raw: 'M-1001' })
  })
  it('reads yes and no', () => {
    expect(parseText('是', field('bool'))).toBe(true)
    expect(parseText('否', field('bool'))).toBe(false)
    expect(parseText('perhaps', field('bool'))).toEqual({ raw: 'perhaps' })
  })
  it('empties a field', () => expect(parseText('  ', field('money'))).toBeNull())
})
