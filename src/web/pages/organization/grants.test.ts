import { describe, expect, it } from 'vitest'
import { effective, type Grants, granted, masked } from './grants'

const grants: Grants = {
  '*': { read: 'own' },
  'quoting.*': { '*': 'unit', send: 'own' },
  'quoting.quote': { read: 'all', lose: 'none' },
}

describe('what a role may do', () => {
  it.each([
    ['quoting.quote', 'read', 'all', true],
    ['quoting.quote', 'lose', 'none', true],
    ['quoting.quote', 'send', 'own', false],
    ['quoting.quote', 'change', 'unit', false],
    ['sales.order', 'read', 'own', false],
    ['sales.order', 'change', 'none', false],
    ['*', 'read', 'own', true],
  ])('%s %s is %s', (key, verb, scope, own) => expect(effective(grants, key, verb)).toEqual({ scope, own }))
  it('changes one grant and leaves no empty ones behind', () => {
    expect(granted({}, 'sales.order', 'read', 'all')).toEqual({ 'sales.order': { read: 'all' } })
    expect(granted({ 'sales.order': { read: 'all' } }, 'sales.order', 'read', null)).toEqual({})
    expect(granted(grants, 'quoting.quote', 'lose', null)['quoting.quote']).toEqual({ read: 'all' })
  })
  it('masks and unmasks a field', () => {
    const hidden = masked({}, 'sales.order', 'cost', 'hide')
    expect(hidden).toEqual({ 'sales.order': { cost: 'hide' } })
    expect(masked(hidden, 'sales.order', 'cost', null)).toEqual({})
  })
})
