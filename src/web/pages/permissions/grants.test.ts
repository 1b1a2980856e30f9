import { describe, expect, it } from 'vitest'
import { effective, type Grants, granted, grantOf, masked, reachesOf } from './grants'

const grants: Grants = {
  '*': { read: 'own' },
  'quoting.*': { '*': 'unit', send: 'own' },
  'quoting.quote': { read: ['team', 'own'], lose: 'none' },
}

describe('what a role may do', () => {
  it.each([
    ['quoting.quote', 'read', ['team', 'own'], true],
    ['quoting.quote', 'lose', [], true],
    ['quoting.quote', 'send', ['own'], false],
    ['quoting.quote', 'change', ['unit'], false],
    ['sales.order', 'read', ['own'], false],
    ['sales.order', 'change', [], false],
    ['*', 'read', ['own'], true],
  ])('%s %s is %s', (key, verb, reaches, own) => expect(effective(grants, key, verb)).toEqual({ reaches, own }))
  it('says a grant as short as it can be', () => {
    expect([grantOf([]), grantOf(['own']), grantOf(['own', 'team'])]).toEqual(['none', 'own', ['own', 'team']])
    expect(reachesOf(['own', 'all', 'none'])).toEqual(['all'])
  })
  it('changes one grant and leaves no empty ones behind', () => {
    expect(granted({}, 'sales.order', 'read', 'all')).toEqual({ 'sales.order': { read: 'all' } })
    expect(granted({ 'sales.order': { read: 'all' } }, 'sales.order', 'read', null)).toEqual({})
    expect(granted(grants, 'quoting.quote', 'lose', null)['quoting.quote']).toEqual({ read: ['team', 'own'] })
  })
  it('masks and unmasks a field', () => {
    const hidden = masked({}, 'sales.order', 'cost', 'hide')
    expect(hidden).toEqual({ 'sales.order': { cost: 'hide' } })
    expect(masked(hidden, 'sales.order', 'cost', null)).toEqual({})
  })
})
