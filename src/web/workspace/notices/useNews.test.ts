import { describe, expect, it } from 'vitest'
import { isSoon, type NewsItem } from './useNews'

const now = new Date('2026-11-22T12:00:00+08:00').getTime()
const item: NewsItem = {
  id: 1,
  title: '',
  text: '',
  kind: 'maintenance',
  link: '',
  at: '2026-11-20T09:00:00+08:00',
  starts_at: '2026-11-24T11:59:00+08:00',
  ends_at: '2026-11-24T14:00:00+08:00',
  read: false,
}

describe('maintenance', () => {
  it('is told two days ahead', () => expect(isSoon(item, now)).toBe(true))
  it('is not told three days ahead', () => expect(isSoon({ ...item, starts_at: '2026-11-25T12:00:00+08:00' }, now)).toBe(false))
  it('is told while it goes on, and not afterwards', () => {
    const since = { ...item, starts_at: '2026-11-22T11:00:00+08:00' }
    expect(isSoon({ ...since, ends_at: '2026-11-22T12:01:00+08:00' }, now)).toBe(true)
    expect(isSoon({ ...since, ends_at: '2026-11-22T11:59:00+08:00' }, now)).toBe(false)
    expect(isSoon({ ...since, ends_at: null }, now)).toBe(true)
  })
  it('is not told to who has taken note, nor are other news', () => {
    expect(isSoon({ ...item, read: true }, now)).toBe(false)
    expect(isSoon({ ...item, kind: 'release' }, now)).toBe(false)
  })
})
