import { expect, it } from 'vitest'
import { asked, type Row, tree } from './model'

const row = (id: number | null, label: string, parent: number | null = null) => ({ id, label, parent, regions: [label] }) as Row

it('puts regions below those they lie in and what has none at the end', () => {
  const placed = tree([row(null, ''), row(2, 'Suzhou', 1), row(1, 'East'), row(3, 'Kunshan', 2), row(4, 'Lost', 9)])
  expect(placed.map(({ id, depth }) => [id, depth])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 0],
    [null, 0],
  ])
})

it('asks for a list by the names of all regions', () => {
  expect(asked('region', ['华东', 'A&B'])).toBe('region=%E5%8D%8E%E4%B8%9C&region=A%26B')
})
