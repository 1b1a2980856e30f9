import { describe, expect, it } from 'vitest'
import type { FieldsSection } from '@/api/types'
import { sectionsOf, stepped, tidy } from './layout'

const usual: FieldsSection[] = [
  { kind: 'fields', title: 'A', fields: ['one', 'two'] },
  { kind: 'fields', title: 'B', fields: ['three'] },
]

describe('the form of a role', () => {
  it('shows what nobody placed in the section of the product, and keeps what is left out at hand', () => {
    expect(sectionsOf(usual, { sections: [{ title: 'Mine', fields: ['three'] }] })).toEqual([
      { title: 'Mine', fields: ['three'] },
      { title: 'A', fields: ['one', 'two'] },
    ])
    expect(sectionsOf(usual.slice(0, 1), { hide: ['three'] })[0]?.fields).toEqual(['one', 'two', 'three'])
  })
  it('moves a field over the edge of its section', () => {
    const sections = sectionsOf(usual, {})
    expect(stepped(sections, 'one', 1).map((section) => section.fields)).toEqual([['two', 'one'], ['three']])
    expect(stepped(sections, 'two', 1).map((section) => section.fields)).toEqual([['one'], ['two', 'three']])
    expect(stepped(sections, 'one', -1)).toBe(sections)
  })
  it('keeps only what differs', () => {
    expect(tidy({ hide: [], defaults: {}, required: ['one'] })).toEqual({ required: ['one'] })
    expect(tidy({ hide: [] })).toBeNull()
  })
})
