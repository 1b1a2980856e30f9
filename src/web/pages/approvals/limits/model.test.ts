import { expect, it } from 'vitest'
import { faultsOf, type Limit, rowsOf, stepsOf } from './model'

const limit = (id: number, position: number, resource: string, figures: Partial<Limit> = {}): Limit =>
  ({
    id,
    version: 1,
    position: { id: position, label: `P${position}` },
    resource,
    amount: null,
    discount: null,
    margin: null,
    overdue: null,
    ...figures,
  }) as Limit

const limits = [limit(1, 10, 'sales.order', { amount: '100000.00' }), limit(2, 10, 'quoting.quote', { amount: '5000.00', discount: '10' })]
const types = ['sales.order', 'quoting.quote']

it('shows every position once, with its figures', () => {
  const rows = rowsOf(
    limits,
    [
      { id: 10, label: 'P10' },
      { id: 11, label: 'P11' },
    ],
    'amount',
  )
  expect(rows.map((row) => [row.position, row['sales.order']])).toEqual([
    [{ id: 10, label: 'P10' }, '100000.00'],
    [{ id: 11, label: 'P11' }, undefined],
  ])
})
it('writes nothing when nothing changed, whatever the zeros', () => {
  const rows = rowsOf(limits, [], 'amount').map((row) => ({ ...row, 'sales.order': '100000' }))
  expect(stepsOf(limits, rows, types, 'amount')).toEqual([])
})
it('makes, changes and takes away; a limit keeps its other figures', () => {
  const [row] = rowsOf(limits, [], 'amount')
  if (!row) throw new Error('no row')
  const rows = [
    { ...row, 'sales.order': null, 'quoting.quote': null },
    { _k: 'new', position: { id: 12, label: 'P12' }, 'sales.order': '1' },
  ]
  expect(stepsOf(limits, rows, types, 'amount').map(({ limit, values }) => [limit?.id, values])).toEqual([
    [1, null],
    [2, { amount: null }],
    [undefined, { position: 12, resource: 'sales.order', amount: '1' }],
  ])
})
it('takes away what a removed position had', () => {
  expect(stepsOf(limits, [], types, 'amount').map(({ limit, values }) => [limit?.id, values])).toEqual([
    [1, null],
    [2, null],
  ])
})
it('tells a position named twice and figures it cannot read', () => {
  const row = { _k: 'a', position: { id: 10, label: '' } }
  const words = { twice: 'twice', unread: 'unread' }
  expect(faultsOf([row, { ...row, _k: 'b', 'sales.order': { raw: 'x' } }], types, words)).toEqual({
    b: { position: 'twice', 'sales.order': 'unread' },
  })
})
