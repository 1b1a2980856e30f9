import { describe, expect, it } from 'vitest'
import { safeNext, slugFrom, strengthOf, wayOf } from './model'

describe('the door', () => {
  it.each([
    ['/', 'signup', ''],
    ['/signup/', 'signup', ''],
    ['/login', 'login', ''],
    ['/join/abc/', 'join', 'abc'],
    ['/reset/', 'forgot', ''],
    ['/reset/k-1/', 'reset', 'k-1'],
  ])('%s', (path, way, key) => expect(wayOf(path)).toEqual({ way, key }))
  it('proposes an address where letters allow it', () => {
    expect(slugFrom('Müller & Söhne GmbH')).toBe('mu-ller-so-hne-gmbh')
    expect(slugFrom('申测 Shence')).toBe('shence')
    expect(slugFrom('申测仪器')).toBe('')
  })
  it('goes only to its own pages', () => {
    expect(safeNext('?next=%2Fw%2Fdoc%2Fquoting.quote%2F5')).toBe('/w/doc/quoting.quote/5')
    for (const bad of ['?next=https://x.cn', '?next=//x.cn', '?next=/\\x.cn', '']) expect(safeNext(bad)).toBe('/w/home')
  })
  it('judges passwords', () =>
    expect(['abc', 'abcdefgh', 'abcdefg1', 'abcdefghijklmn'].map(strengthOf)).toEqual(['short', 'weak', 'fine', 'fine']))
})
