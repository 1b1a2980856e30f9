import { expect, it } from 'vitest'
import { asking, type BulkRow, triedAgain } from './bulk'

const row = (id: number, choose?: BulkRow['choose']): BulkRow => ({
  id,
  ok: !choose,
  label: `Q-${id}`,
  code: choose ? 'choose_people' : '',
  detail: '',
  choose,
})
const [first, last] = [
  { node: 'first', label: 'First' },
  { node: 'last', label: 'Last' },
]

it('asks once for all documents that come to the same steps', () => {
  const groups = asking([row(1, [first]), row(2), row(3, [first, last]), row(4, [first])])
  expect(groups.map((some) => some.map(({ id }) => id))).toEqual([[1, 4], [3]])
  expect(asking([row(1), row(2)])).toEqual([])
})

it('keeps the order and what was settled before', () => {
  const done = triedAgain([row(1, [first]), row(2), row(3, [last])], [row(1)])
  expect(done.map(({ id, ok }) => [id, ok])).toEqual([
    [1, true],
    [2, true],
    [3, false],
  ])
})
