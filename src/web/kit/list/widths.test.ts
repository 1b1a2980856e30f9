import { describe, expect, it } from 'vitest'
import type { Field } from '@/api/types'
import { bounded, leastOf, templateOf, withWidth } from './widths'

const columns: Field[] = [
  { name: 'number', label: '', type: 'text', max_length: 30 },
  { name: 'total', label: '', type: 'money' },
]

describe('column widths', () => {
  it('gives words what figures leave', () => {
    expect(templateOf(columns, {})).toBe('42px minmax(104px, 100fr) 128px')
    expect(leastOf(columns, {})).toBe(274)
  })
  it('keeps what somebody has dragged', () => {
    expect(templateOf(columns, { number: 300 })).toBe('42px 300px 128px')
    expect(leastOf(columns, { number: 300 })).toBe(470)
  })
  it('leaves room for the heading of a figure', () => {
    const failures: Field = { name: 'failures', label: '连续失败次数', type: 'int' }
    expect(templateOf([failures], {})).toBe('42px 104px')
    expect(templateOf([{ ...failures, label: '数量' }], {})).toBe('42px 80px')
    expect(templateOf([{ ...failures, type: 'bool', label: 'Main contact' }], {})).toBe('42px 110px')
  })
  it('stays within reason', () => expect([-5, 120.4, 5000].map(bounded)).toEqual([48, 120, 900]))
  it('gives a width back', () => expect(withWidth({ total: 90, number: 80 }, 'total', undefined)).toEqual({ number: 80 }))
})
