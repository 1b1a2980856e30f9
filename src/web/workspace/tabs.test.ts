import { beforeEach, describe, expect, it } from 'vitest'
import { parseUrl, tabKey } from './route'
import { moved, survivor, useTabs } from './tabs'

const list = '/w/list/quoting.quote'
const doc = '/w/doc/quoting.quote/5'

beforeEach(() => useTabs.setState({ tabs: [{ key: '/w/home', url: '/w/home' }], active: '/w/home' }))

describe('tabs', () => {
  it('tells tabs apart by path and keeps the filters of an open list', () => {
    const { open } = useTabs.getState()
    open(`${list}?state=draft`)
    open(doc)
    open(list)
    expect(useTabs.getState().tabs.map((tab) => tab.url)).toEqual(['/w/home', `${list}?state=draft`, doc])
    expect(useTabs.getState().active).toBe(list)
  })
  it('lets a saved document take the place of the new one, and never stand twice', () => {
    const { open, replace } = useTabs.getState()
    open(doc)
    open('/w/doc/quoting.quote/new-1')
    replace('/w/doc/quoting.quote/new-1', doc)
    expect(useTabs.getState()).toMatchObject({ active: doc, tabs: [{ key: '/w/home' }, { key: doc }] })
  })
  it('goes to the left neighbour when the active tab closes, and never closes home', () => {
    const { open, close } = useTabs.getState()
    open(list)
    open(doc)
    expect(survivor(useTabs.getState().tabs, doc, [doc])).toBe(list)
    close(['/w/home', list, doc])
    expect(useTabs.getState()).toMatchObject({ active: '/w/home', tabs: [{ key: '/w/home' }] })
  })
  it('moves a tab, but nothing before home', () => {
    const tabs = ['/w/home', 'a', 'b', 'c'].map((key) => ({ key, url: key }))
    expect(moved(tabs, 'c', 0).map((tab) => tab.key)).toEqual(['/w/home', 'c', 'a', 'b'])
    expect(moved(tabs, '/w/home', 2)).toBe(tabs)
  })
  it('reads addresses', () => {
    expect(parseUrl('/w/doc/quoting.quote/5?tab=edit')).toEqual({ page: 'doc', key: 'quoting.quote', id: '5', query: 'tab=edit' })
    expect(tabKey('/w/')).toBe('/w/home')
  })
})
