import { describe, expect, it } from 'vitest'
import { type Draft, isTyped, joined, reconciled } from './drafts.model'

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

describe('whether anything was typed', () => {
  const fresh = (edits: object, base: object = {}) => isTyped({ version: null, edits: { ...edits }, base: { ...base } })
  it('takes what the program filled in for nobody’s work, until it is changed', () => {
    const filled = { screen: '/w/home', lines: [{ _k: 'a', due: 3 }] }
    expect(fresh(filled, filled)).toBe(false)
    expect(fresh({ ...filled, title: '查不到' }, filled)).toBe(true)
    expect(fresh({ ...filled, lines: [{ _k: 'a', due: 4 }] }, filled)).toBe(true)
    expect(fresh({ ...filled, lines: [] }, filled)).toBe(true)
  })
  it('overlooks lines that stayed blank and texts that were emptied again', () => {
    expect(fresh({ lines: [{ _k: 'first', item: null }, { _k: 'b' }], title: '' }, { lines: [], title: null })).toBe(false)
    expect(fresh({ lines: [{ _k: 'first', item: { id: 1, label: 'A' } }] }, { lines: [] })).toBe(true)
  })
  it('takes every change of a stored document for work', () => {
    expect(isTyped({ version: 3, edits: { title: 'x' }, base: { title: 'y' } })).toBe(true)
  })
})
