import { describe, expect, it } from 'vitest'
import { told } from './companyState'

const company = { name: '', slug: 'a', currency: 'CNY', timezone: '', today: '', until: null, read_only: false, sandbox: false }
const NOW = Date.parse('2026-11-22T00:00:00Z')
const at = (state: string, until: string | null = null, sandbox = false) => told({ ...company, state, until, sandbox }, NOW)?.key ?? null

describe('where a company stands', () => {
  it('is not worth a word while all is well', () => {
    expect(at('active')).toBeNull()
    expect(at('trial', '2026-12-06T00:00:00Z')).toBeNull()
  })
  it('is said before a trial ends and while a payment is missing', () => {
    expect(at('trial', '2026-11-26T00:00:00Z')).toBe('trial')
    expect(at('past_due', '2026-12-06T00:00:00Z')).toBe('past_due')
  })
  it('is said while nothing can be changed', () => {
    expect(['suspended', 'cancelled', 'exported'].map((state) => at(state))).toEqual(['suspended', 'cancelled', 'cancelled'])
  })
  it('is said in every sandbox', () => {
    expect(at('active', null, true)).toBe('sandbox')
  })
})
