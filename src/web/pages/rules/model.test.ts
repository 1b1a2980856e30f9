import { describe, expect, it } from 'vitest'
import { added, backwards, changed, mark, stepsOf } from './model'

describe('the ladder', () => {
  it('grows by a later rung for somebody further up', () => {
    const one = added([])
    const two = added(one)
    const three = added(two)
    expect(three.map(({ days }) => days)).toEqual([0, 3, 6])
    expect(three.map(({ to }) => to[0]?.who)).toEqual(['owner', 'superior', 'head'])
  })
  it('knows which rungs go backwards', () => {
    const steps = added(added(added([])))
    expect(backwards(steps)).toEqual([])
    expect(backwards(changed(steps, 1, { days: 0 }))).toEqual([1])
  })
  it('is named as people write it', () => {
    expect([-3, 0, 5].map(mark)).toEqual(['T−3', 'T', 'T+5'])
    expect(stepsOf(null)).toEqual([])
  })
})
