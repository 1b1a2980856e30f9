import { describe, expect, it } from 'vitest'
import { CARD, flat, forest, isBelow, layout } from './tree'

const row = (id: number, above: number | null) => ({ id, above })
const works = [row(1, null), row(2, 1), row(3, 1), row(4, 2), row(5, 2)]

describe('the tree of an organisation', () => {
  it('shows what stands below directly after its upper row', () => {
    expect(flat(forest(works)).map(({ item, depth }) => [item.id, depth])).toEqual([
      [1, 0],
      [2, 1],
      [4, 2],
      [5, 2],
      [3, 1],
    ])
  })

  it('puts rows at the top whose upper row is not there on that day', () => {
    expect(forest([row(7, 99), row(8, 7)]).map((node) => node.item.id)).toEqual([7])
  })

  it('loses no row of a ring', () => {
    expect(
      flat(forest([row(1, 2), row(2, 1)]))
        .map((node) => node.item.id)
        .sort(),
    ).toEqual([1, 2])
  })

  it('never draws two cards over one another', () => {
    const places = [...layout(works).values()]
    const clash = places.some((one, at) =>
      places.some((other, to) => to > at && one.x === other.x && Math.abs(one.y - other.y) < CARD.height),
    )
    expect(clash).toBe(false)
  })

  it('knows what stands below what', () => {
    expect(isBelow(works, 5, 1)).toBe(true)
    expect(isBelow(works, 3, 2)).toBe(false)
    expect(isBelow(works, 2, 2)).toBe(true)
  })
})
