import { language } from './i18n'

type Exact = Intl.StringNumericLiteral

const formats = new Map<string, Intl.NumberFormat>()
function numberFormat(options: Intl.NumberFormatOptions) {
  const key = language() + JSON.stringify(options)
  const found = formats.get(key) ?? new Intl.NumberFormat(language() === 'en' ? 'en-US' : 'zh-CN', options)
  formats.set(key, found)
  return found
}

/** Decimal strings are formatted digit for digit; they never pass through a float. */
const exact = (value: unknown) => String(value) as Exact
const empty = (value: unknown) => value === null || value === undefined || value === ''
const numeric = (value: unknown) => /^-?\d+(\.\d+)?$/.test(String(value))

export function formatNumber(value: unknown, { min = 0, max = 6 } = {}): string {
  if (empty(value)) return ''
  if (!numeric(value)) return String(value)
  return numberFormat({ minimumFractionDigits: min, maximumFractionDigits: max }).format(exact(value))
}

let own = 'CNY'

/** The company's own currency, said once it is known; figures without a sign are in it. */
export const startCurrency = (code: string) => {
  own = code
}
export const ownCurrency = () => own

/** The currency that a document says it is in; the company's own where it says none, or somebody is still typing it. */
export const currencyOf = (said: unknown) => (typeof said === 'string' && /^[a-z]{3}$/i.test(said) ? said.toUpperCase() : own)

/** ¥ and $ alone would not tell yen from yuan. */
const signed = (currency: string) =>
  ({ style: 'currency', currency, currencyDisplay: { CNY: 'narrowSymbol', JPY: 'code' }[currency] ?? 'symbol' }) as Intl.NumberFormatOptions

/** ¥, US$ ($ in English), €. */
export const currencySign = (currency: string) =>
  numberFormat(signed(currency))
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value ?? currency

export function formatCurrency(value: unknown, currency = own, max = 2): string {
  if (empty(value) || !numeric(value)) return String(value ?? '')
  return numberFormat({ ...signed(currency), minimumFractionDigits: 2, maximumFractionDigits: max }).format(exact(value))
}

/** An amount where many stand: with a sign only in another currency than the company's own. */
export const formatMoney = (value: unknown, currency = own) =>
  currency === own ? formatNumber(value, { min: 2, max: 2 }) : formatCurrency(value, currency)
export const formatPrice = (value: unknown, currency = own) =>
  currency === own ? formatNumber(value, { min: 2, max: 6 }) : formatCurrency(value, currency, 6)

/** ¥186.43万 in Chinese, ¥1.86M in English. */
export function formatShortMoney(value: unknown, currency = own): string {
  if (empty(value) || !numeric(value)) return String(value ?? '')
  const small = Math.abs(Number(value)) < 10_000
  const style = signed(currency)
  return numberFormat(
    small
      ? { ...style, trailingZeroDisplay: 'stripIfInteger' }
      : { ...style, notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 2, useGrouping: 'always' },
  ).format(exact(value))
}

export function formatShort(value: unknown): string {
  return empty(value) ? '' : numberFormat({ notation: 'compact', maximumFractionDigits: 2 }).format(exact(value))
}

/** A share such as 0.124 as 12.4 %. */
export function formatShare(value: unknown, places = 1): string {
  return empty(value) ? '' : numberFormat({ style: 'percent', maximumFractionDigits: places }).format(exact(value))
}

export function formatDateTime(value: string | null | undefined): string {
  if (!value) return ''
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return value
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** From one moment until another; the day once when it is the same. */
export function formatPeriod(from: string | null, until: string | null): string {
  const [start, end] = [formatDateTime(from), formatDateTime(until)]
  const same = start.slice(0, 10) === end.slice(0, 10)
  return [start, same ? end.slice(11) : end].filter(Boolean).join(' – ')
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "3 小时前" within a week, the date itself before that. */
export function formatAgo(value: string, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000
  if (Math.abs(seconds) > 7 * 86_400) return formatDateTime(value).slice(0, 10)
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60]
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}

/** Several things in a row, separated as the language does it. */
export const formatList = (items: string[]) => items.join(language() === 'en' ? ', ' : '、')

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB']

export function formatSize(bytes: number): string {
  const power = SIZES.findLastIndex((_unit, at) => bytes >= 1024 ** at)
  return `${numberFormat({ maximumFractionDigits: 1 }).format(bytes / 1024 ** Math.max(power, 0))} ${SIZES[Math.max(power, 0)]}`
}
