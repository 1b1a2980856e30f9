import { afterEach, describe, expect, it } from 'vitest'
import {
  currencyOf,
  currencySign,
  formatAgo,
  formatCurrency,
  formatList,
  formatMoney,
  formatNumber,
  formatPeriod,
  formatPrice,
  formatShare,
  formatShortMoney,
  formatSize,
  startCurrency,
} from './format'
import { setLanguage } from './i18n'

afterEach(() => setLanguage('zh-CN'))

describe('a period', () => {
  it('tells the day once', () => {
    const [from, until] = ['2026-11-23T03:45:00', '2026-11-23T04:45:00']
    expect(formatPeriod(from, until)).toBe('2026-11-23 03:45 – 04:45')
    expect(formatPeriod(from, '2026-11-24T01:00:00')).toBe('2026-11-23 03:45 – 2026-11-24 01:00')
    expect(formatPeriod(from, null)).toBe('2026-11-23 03:45')
  })
})

describe('figures', () => {
  it('keeps every digit of a decimal string', () => {
    expect(formatMoney('12345678901234567.89')).toBe('12,345,678,901,234,567.89')
    expect(formatPrice('3.141592')).toBe('3.141592')
    expect(formatNumber('2.500000')).toBe('2.5')
  })
  it('shows large money the way each language counts', async () => {
    expect(formatShortMoney('1864300.00')).toBe('¥186.43万')
    await setLanguage('en')
    expect(formatShortMoney('1864300.00')).toBe('¥1.86M')
    expect(formatCurrency('69300')).toBe('¥69,300.00')
  })
  it('shows amounts in another currency than the company’s own with its sign', async () => {
    expect([formatMoney('1000'), formatMoney('1000', 'CNY'), formatMoney('1000', 'USD')]).toEqual(['1,000.00', '1,000.00', 'US$1,000.00'])
    expect([formatPrice('0.123456', 'EUR'), formatCurrency('1000.5', 'JPY'), currencySign('HKD')]).toEqual([
      '€0.123456',
      'JPY\u00a01,000.50',
      'HK$',
    ])
    expect([currencyOf('usd'), currencyOf('US'), currencyOf(null)]).toEqual(['USD', 'CNY', 'CNY'])
    await setLanguage('en')
    expect([formatMoney('1000', 'USD'), formatShortMoney('12000', 'USD'), currencySign('CNY')]).toEqual(['$1,000.00', '$12K', '¥'])
    startCurrency('USD')
    expect([formatMoney('1000', 'USD'), formatMoney('1000', 'CNY'), formatCurrency('5'), currencyOf('')]).toEqual([
      '1,000.00',
      '¥1,000.00',
      '$5.00',
      'USD',
    ])
    startCurrency('CNY')
  })
  it('lists things as the language does', async () => {
    expect(formatList(['a', 'b'])).toBe('a、b')
    await setLanguage('en')
    expect(formatList(['a', 'b'])).toBe('a, b')
  })
  it('leaves what is no number alone', () => {
    expect(formatMoney('•••')).toBe('•••')
    expect(formatMoney(null)).toBe('')
    expect(formatCurrency('•••')).toBe('•••')
  })
  it('tells sizes in the unit that suits them', () => {
    expect([0, 1023, 1024, 5.5 * 1024 ** 2, 100 * 1024 ** 3].map(formatSize)).toEqual(['0 B', '1,023 B', '1 kB', '5.5 MB', '100 GB'])
  })
  it('shares and times', () => {
    expect(formatShare('0.124')).toBe('12.4%')
    const now = Date.parse('2026-11-21T10:00:00Z')
    expect(formatAgo('2026-11-21T07:00:00Z', now)).toBe('3小时前')
    expect(formatAgo('2026-10-01T07:00:00Z', now)).toBe('2026-10-01')
  })
})
