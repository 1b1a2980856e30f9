import { describe, expect, it } from 'vitest'
import { queryString } from '@/api/queries'
import type { Description, Field } from '@/api/types'
import { formatCurrency, formatMoney } from '@/shared/format'
import {
  datePresets,
  filterNames,
  isFiltered,
  movedColumn,
  nextSort,
  otherFilters,
  paramsOf,
  shownColumns,
  shownFilters,
  stateFrom,
  summed,
  withFilter,
} from './model'

const field = (name: string, type: Field['type'], filter = true, custom = false): Field => ({ name, label: name, type, filter, custom })
const description = {
  columns: ['number', 'customer'],
  filters: ['state'],
  fields: {
    number: field('number', 'text'),
    customer: field('customer', 'ref'),
    state: field('state', 'state'),
    total: field('total', 'money'),
  },
} as unknown as Description

describe('the address of a list', () => {
  it('comes back as it went', () => {
    const query = 'q=%E5%AE%9D%E9%92%A2&sort=-total&group=state&state=sent&state=draft&doc_date__gte=2026-01-01'
    const state = stateFrom(query)
    expect(state).toEqual({
      q: '宝钢',
      sort: '-total',
      group: 'state',
      filters: { state: ['sent', 'draft'], doc_date__gte: ['2026-01-01'] },
    })
    expect(queryString(paramsOf(state))).toBe(query)
  })
  it('drops an emptied filter', () => {
    const state = withFilter(stateFrom('state=sent'), 'state', [])
    expect(state.filters).toEqual({})
    expect(isFiltered(state)).toBe(false)
  })
})

describe('filters and columns', () => {
  it('asks ranges of figures and dates', () => {
    expect(filterNames(field('total', 'money'))).toEqual(['total__gte', 'total__lte'])
    expect(filterNames(field('colour', 'choice', true, true))).toEqual(['custom.colour'])
  })
  it('shows the usual filters and those in use', () => {
    expect(shownFilters(description, stateFrom('total__gte=5'), []).map((one) => one.name)).toEqual(['state', 'total'])
    expect(shownFilters(description, stateFrom(''), ['customer']).map((one) => one.name)).toEqual(['state', 'customer'])
  })
  it('keeps the bar short and offers the rest, the usual ones first', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const fields = Object.fromEntries(names.map((name) => [name, field(name, 'choice')]))
    const many = { filters: ['b', 'c', 'd', 'e', 'f'], fields } as unknown as Description
    const bar = shownFilters(many, stateFrom(''), [])
    expect(bar.map((one) => one.name)).toEqual(['b', 'c', 'd', 'e'])
    expect(otherFilters(many, bar).map((one) => one.name)).toEqual(['f', 'a'])
    expect(shownFilters(many, stateFrom('f=1'), ['a']).map((one) => one.name)).toEqual(['b', 'c', 'd', 'e', 'a', 'f'])
  })
  it('forgets columns that no longer exist', () => {
    expect(shownColumns(description, ['gone', 'total']).map((one) => one.name)).toEqual(['total'])
    expect(shownColumns(description, ['gone']).map((one) => one.name)).toEqual(['number', 'customer'])
  })
  it('moves columns within bounds', () => {
    expect(movedColumn(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(movedColumn(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
  })
  it('sorts up, down, and as usual again', () => expect(['', 'a', '-a'].map((sort) => nextSort(sort, 'a'))).toEqual(['a', '-a', '']))
})

describe('date ranges', () => {
  it.each([
    ['2026-11-21', 'thisWeek', '2026-11-16', '2026-11-22'],
    ['2026-11-22', 'thisWeek', '2026-11-16', '2026-11-22'],
    ['2026-03-31', 'lastMonth', '2026-02-01', '2026-02-28'],
    ['2026-01-05', 'lastMonth', '2025-12-01', '2025-12-31'],
    ['2026-11-21', 'thisQuarter', '2026-10-01', '2026-12-31'],
    ['2026-11-21', 'thisYear', '2026-01-01', '2026-12-31'],
    ['2026-11-21', 'lastYear', '2025-01-01', '2025-12-31'],
  ] as const)('%s %s', (today, preset, from, to) => expect(datePresets(today)[preset]).toEqual([from, to]))
})

describe('a sum over rows in several currencies', () => {
  const [total, pieces] = [field('total', 'money'), field('pieces', 'decimal')]
  const told = { sums: { total: '1200.00', pieces: '3' }, currency: 'CNY', others: { USD: { total: '50.00' }, EUR: { total: '0.00' } } }
  it('is one for each of them', () => {
    expect(summed(total, told, formatCurrency)).toBe('¥1,200.00 + US$50.00')
    expect(summed(total, { ...told, sums: { total: '0.00' } }, formatMoney)).toBe('US$50.00')
    expect(summed(total, { sums: { total: '0.00' } }, formatCurrency)).toBe('¥0.00')
    expect(summed(pieces, told, formatCurrency)).toBe('3')
  })
})
