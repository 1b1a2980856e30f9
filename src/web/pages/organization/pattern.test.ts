import { describe, expect, it } from 'vitest'
import { moved } from '@/shared/order'
import { joined, serial, serialOf, taken } from './pattern'

const RULE = 'SC-{unit}{date:%Y%m}-{seq:04d/date:%Y}{check}'

describe('a numbering rule', () => {
  it('is taken apart and put together again', () => {
    expect(taken(RULE).map((piece) => piece.kind)).toEqual(['text', 'unit', 'date', 'text', 'seq', 'check'])
    expect(joined(taken(RULE))).toBe(RULE)
  })
  it('moves its parts', () => {
    expect(joined(moved(taken('A{seq:03d}B'), 1, -1))).toBe('{seq:03d}AB')
  })
  it('knows how wide a serial is and when it starts again', () => {
    expect(serial('04d/date:%Y')).toEqual({ width: 4, resets: 'date:%Y' })
    expect(serial('05d')).toEqual({ width: 5, resets: null })
    expect(serialOf(4, 'date:%Y')).toBe('04d/date:%Y')
    expect(serialOf(5, null)).toBe('05d')
  })
})
