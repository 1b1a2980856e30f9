import { describe, expect, it } from 'vitest'
import { type Draft, joined, reconciled } from './drafts.model'

const draft = (at: string, edits: object, sent?: string): Draft => ({
  edits: { ...edits },
  base: {},
  version: 1,
  title: '',
  device: '',
  at,
  sent,
})

describe('drafts from two devices', () => {
  it('keeps fields typed on either device, the later value of each', () => {
    expect(joined(draft('2', { a: 'new', b: 1 }), draft('1', { a: 'old', c: 2 })).edits).toEqual({ a: 'new', b: 1, c: 2 })
  })
  it('brings a draft from another device', () => {
    expect(reconciled({}, { q: draft('1', { a: 1 }) }).q?.edits).toEqual({ a: 1 })
  })
  it('forgets a draft that was saved elsewhere', () => {
    expect(reconciled({ q: draft('1', { a: 1 }, '1') }, {})).toEqual({})
  })
  it('keeps input that never reached the server', () => {
    expect(reconciled({ q: draft('2', { a: 1 }, '1'), r: draft('1', { b: 1 }) }, {})).toMatchObject({ q: {}, r: {} })
  })
  it('keeps what reached the server only after it was asked', () => {
    const asked = { q: draft('1', { a: 1 }) }
    expect(reconciled({ q: draft('1', { a: 1 }, '1') }, {}, asked)).toMatchObject({ q: {} })
  })
  it('does not bring back what was saved here, but takes what was typed elsewhere afterwards', () => {
    expect(reconciled({}, { q: draft('1', {}) }, {}, { q: '2' })).toEqual({})
    expect(reconciled({}, { q: draft('3', {}) }, {}, { q: '2' })).toMatchObject({ q: { at: '3' } })
  })
})
