import { describe, expect, it } from 'vitest'
import { type Deal, daysBetween, dealsOf, isLate, isStuck, plusDays, type Stage, stageBeside, total } from './model'

const stages: Stage[] = [
  { id: 1, name: 'S1', probability: '10', days: 14 },
  { id: 2, name: 'S2', probability: '25', days: 0 },
]
const deal = (id: number, values: Partial<Deal> = {}): Deal => ({
  id,
  version: 1,
  title: `Deal ${id}`,
  customer: null,
  stage: { id: 1, label: 'S1' },
  amount: '0.10',
  weighted: null,
  expected_on: null,
  stage_since: '2026-11-01',
  owner: null,
  ...values,
})

describe('the board', () => {
  it('puts what is expected first on top and what has no date last', () => {
    const deals = [
      deal(1),
      deal(2, { expected_on: '2026-12-01' }),
      deal(3, { expected_on: '2026-11-20' }),
      deal(4, { stage: { id: 2, label: '' } }),
    ]
    expect(dealsOf(deals, stages[0] as Stage).map((one) => one.id)).toEqual([3, 2, 1])
  })
  it('tells what is stuck and what is late', () => {
    const [first, second] = stages as [Stage, Stage]
    expect(isStuck(deal(1), first, '2026-11-15')).toBe(false)
    expect(isStuck(deal(1), first, '2026-11-16')).toBe(true)
    expect(isStuck(deal(1), second, '2027-11-16')).toBe(false)
    expect([isLate(deal(1), '2026-11-16'), isLate(deal(1, { expected_on: '2026-11-15' }), '2026-11-16')]).toEqual([false, true])
  })
  it('knows the neighbours of a stage', () => {
    expect(stageBeside(stages, 1, 1)?.id).toBe(2)
    expect(stageBeside(stages, 2, 1)).toBeUndefined()
    expect(stageBeside(stages, 1, -1)).toBeUndefined()
  })
  it('adds up exactly and counts days', () => {
    expect(total(['0.10', '0.20', null, '1000000000.01'])).toBe('1000000000.31')
    expect([daysBetween('2026-02-27', '2026-03-02'), plusDays('2026-12-30', 3)]).toEqual([3, '2027-01-02'])
  })
})
