import { describe, expect, it } from 'vitest'
import type { MenuGroup } from '@/api/menu'
import { moved } from '@/shared/order'
import { groupsOf, regrouped, toggled, toldOf } from './arrangement'

const item = (key: string) => ({ key, label: key.toUpperCase() })
const menu: MenuGroup[] = [
  { key: 'sales', label: 'Sales', icon: 'sales', items: [item('quote'), item('order')] },
  { key: 'stock', label: 'Stock', icon: 'stock', items: [item('balance')] },
]
const names = (groups: { key: string; items: { key: string }[] }[]) => groups.map((one) => [one.key, ...one.items.map(({ key }) => key)])

describe('a role’s menu', () => {
  it('is the product’s own until something is said', () => expect(names(groupsOf(menu, {}))).toEqual(names(menu)))
  it('keeps what is not mentioned', () => {
    const told = { menu: [{ key: 'stock', label: 'Goods', items: ['order'] }] }
    const groups = groupsOf(menu, told)
    expect(names(groups)).toEqual([
      ['stock', 'order', 'balance'],
      ['sales', 'quote'],
    ])
    expect(groups[0]?.label).toBe('Goods')
  })
  it('comes back the same after it was kept', () => {
    const groups = regrouped(moved(groupsOf(menu, {}), 0, 1), 'sales', item('quote'), 'stock')
    const told = toldOf(groups, menu)
    expect(told).toEqual([
      { key: 'stock', items: ['balance', 'quote'] },
      { key: 'sales', items: ['order'] },
    ])
    expect(groupsOf(menu, { menu: told })).toEqual(groups)
  })
  it('moves nothing beyond an end', () => expect(moved([1, 2], 0, -1)).toEqual([1, 2]))
  it('names a thing once', () => expect([toggled(undefined, 'a'), toggled(['a'], 'a')]).toEqual([['a'], []]))
})
