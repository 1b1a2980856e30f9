import { describe, expect, it } from 'vitest'
import { calendar, gradeOf, SHOWN } from './model'

describe('a day', () => {
  it('is held against the promise', () => {
    expect(gradeOf('99.50', '99.50')).toBe('kept')
    expect(gradeOf('99.49', '99.50')).toBe('short')
    expect(gradeOf('97.99', '99.50')).toBe('poor')
    expect(gradeOf(null, '99.50')).toBe('unknown')
  })
})

describe('the calendar', () => {
  it('ends with the last day measured and leaves out none, also over the end of a month', () => {
    const shown = calendar(
      [
        { day: '2026-10-31', percent: '99.00' },
        { day: '2026-11-02', percent: '100.00' },
      ],
      '2026-11-03',
    )
    expect(shown).toHaveLength(SHOWN)
    expect(shown.slice(-3)).toEqual([
      { day: '2026-10-31', percent: '99.00' },
      { day: '2026-11-01', percent: null },
      { day: '2026-11-02', percent: '100.00' },
    ])
  })
  it('is empty up to today before anything was measured', () => {
    expect(calendar([], '2026-11-03').at(-1)).toEqual({ day: '2026-11-03', percent: null })
  })
})
