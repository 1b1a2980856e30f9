import { describe, expect, it } from 'vitest'
import { chosenSince, clicked, entered, groupsOf, madePossible, numbered, type Option, valueSaid } from './model'

const option = (name: string, kind: Option['kind'], group = 'Machine'): Option => ({
  name,
  label: name,
  kind,
  group,
  unit: 'kN',
  required: true,
  default: '',
  values: [
    { code: '5', name: '5', most: 9 },
    { code: 'WG', name: { zh: '楔形', en: 'Wedge' }, most: 9 },
  ],
  least: '0',
  most: '0',
  step: '1',
})
const single = option('F', 'single')
const multi = option('grips', 'multi', 'Accessories')

describe('choices', () => {
  it('takes a value, and gives it back on the second click', () => {
    expect(clicked({}, single, '5')).toEqual({ F: '5' })
    expect(clicked({ F: '5' }, single, '5')).toEqual({})
  })
  it('adds to several and takes away', () => {
    expect(clicked({ grips: { '5': 2 } }, multi, 'WG')).toEqual({ grips: { '5': 2, WG: 1 } })
    expect(clicked({ grips: { WG: 1 } }, multi, 'WG')).toEqual({})
  })
  it('makes a disabled value possible with its change', () => {
    expect(madePossible({ F: '5', grips: { WG: 1 } }, multi, '5', { F: 'WG' })).toEqual({ F: 'WG', grips: { WG: 1, '5': 1 } })
  })
  it('keeps how many there are of a value that breaks a rule', () => {
    expect(madePossible({ grips: { WG: 3 } }, multi, 'WG', { F: '5' })).toEqual({ F: '5', grips: { WG: 3 } })
    expect(numbered({ grips: { WG: 3, '5': 1 } }, multi, '2', 'WG')).toEqual({ grips: { WG: 2, '5': 1 } })
    expect(numbered({ n: '800' }, option('n', 'number'), '400')).toEqual({ n: '400' })
  })
  it('knows what was chosen while an answer was on its way', () => {
    const grips = { WG: 1 }
    expect(chosenSince({ F: '5', grips }, { F: 'WG', grips, computer: 'PC' })).toEqual({ F: 'WG', computer: 'PC' })
  })
  it('forgets what was emptied', () => {
    expect(entered({ n: '3' }, option('n', 'number'), null)).toEqual({})
  })
})

describe('what is shown', () => {
  it('keeps the order of the table and leaves out what is hidden or follows', () => {
    const groups = groupsOf([single, multi, option('d', 'derived'), option('h', 'single')], ['h'])
    expect(groups.map((one) => [one.title, one.options.map((each) => each.name)])).toEqual([
      ['Machine', ['F']],
      ['Accessories', ['grips']],
    ])
  })
  it('says values with their unit', () => {
    expect(valueSaid(single, '5')).toBe('5 kN')
    expect(valueSaid(multi, { WG: 2 })).toBe('楔形 × 2')
    expect(valueSaid(single, null)).toBe('—')
  })
})
