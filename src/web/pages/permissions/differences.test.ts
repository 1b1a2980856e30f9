import { expect, it } from 'vitest'
import type { Catalogue } from './catalogue'
import { differences } from './differences'

const screen = {
  key: 'sales.order',
  label: 'Orders',
  icon: '',
  menu: 'sales',
  rows: true,
  columns: [],
  filters: [],
  sort: '',
  verbs: [
    { verb: 'read', label: 'Read' },
    { verb: 'close', label: 'Close' },
  ],
  fields: [{ name: 'cost', label: 'Cost' }],
}
const catalogue: Catalogue = { apps: [{ key: 'sales', label: 'Sales', open: true, screens: [screen] }], reaches: [], masks: [], menu: [] }
const role = { grants: { '*': { '*': ['own', 'team'] } }, masks: {}, screens: {} }

it('tells where two roles differ and nothing else', () => {
  expect(differences(catalogue, role, { ...role, grants: { 'sales.*': { '*': ['team', 'own'] } } })).toEqual([])
  const other = {
    grants: { '*': { '*': ['own', 'team'], close: 'none' } },
    masks: { 'sales.order': { cost: 'hide' as const } },
    screens: {},
  }
  expect(differences(catalogue, role, other)).toEqual([
    { key: 'sales.order close', label: 'Orders · Close', first: ['own', 'team'], second: [] },
    { key: 'sales.order.cost', label: 'Orders · Cost', first: [], second: ['hide'] },
  ])
})

it('knows that what is switched off reaches nothing', () => {
  expect(differences(catalogue, role, { ...role, screens: { off: ['sales'] } }).map(({ second }) => second)).toEqual([[], []])
})
