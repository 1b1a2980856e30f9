import { describe, expect, it } from 'vitest'
import { groupsOf, scopesOf, toldScopes } from './scopes'

const item = (key: string) => ({ key, label: key })
const groups = groupsOf([
  { key: 'sales', label: 'Sales', icon: '', items: ['quoting.quote', 'sales.order', 'sales.return'].map(item) },
  { key: 'settings', label: 'Administration', icon: '', items: ['organization.role', 'sales.setting', 'page.company'].map(item) },
])

describe('scopes of a token', () => {
  it('belong to the first group of the menu that names an app', () =>
    expect(groups.map(({ key, apps }) => [key, apps])).toEqual([
      ['sales', ['quoting', 'sales']],
      ['settings', ['organization']],
    ]))
  it.each([
    [{}, []],
    [{ '*': 'read' }, ['read']],
    [{ sales: 'write' }, ['write:quoting.*', 'write:sales.*']],
    [{ '*': 'read', sales: 'write', settings: 'read' }, ['read', 'write:quoting.*', 'write:sales.*']],
    [{ '*': 'write', sales: 'read' }, ['write']],
  ] as const)('%j', (ticks, scopes) => expect(scopesOf(ticks, groups)).toEqual(scopes))
  it('are told in words', () =>
    expect(toldScopes(['read', 'write:quoting.*', 'write:sales.*', 'read:hr.person'], groups, {})).toEqual([
      { access: 'read', what: '' },
      { access: 'write', what: 'Sales' },
      { access: 'read', what: 'hr.person' },
    ]))
})
