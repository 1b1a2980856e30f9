import i18n from 'i18next'
import type { Field, RefValue } from '@/api/types'
import { formatDateTime, formatList, formatMoney, formatNumber, formatPrice } from '@/shared/format'
import { isRaw } from './parse'

const label = (value: unknown) =>
  typeof value === 'object' && value !== null ? ((value as RefValue).label ?? `#${(value as RefValue).id}`) : String(value)

const optionLabel = (field: Field, value: unknown) => field.options?.find((option) => option.value === value)?.label ?? String(value)

/** A value as text, in the language of the moment: cells, read-only fields, what changed. `currency`: of the document it belongs to. */
export function formatValue(field: Field, value: unknown, currency?: string): string {
  if (value === null || value === undefined || value === '') return ''
  if (isRaw(value)) return value.raw
  const sign = field.home ? undefined : currency
  switch (field.type) {
    case 'money':
      return formatMoney(value, sign)
    case 'price':
      return formatPrice(value, sign)
    case 'percent':
      return `${formatNumber(value, { max: 4 })}%`
    case 'int':
      return formatNumber(value, { max: 0 })
    case 'decimal':
      return formatNumber(value, { max: field.scale ?? 6 })
    case 'datetime':
      return formatDateTime(String(value))
    case 'bool':
      return i18n.t(value ? 'yes' : 'no')
    case 'choice':
    case 'state':
      return optionLabel(field, value)
    case 'choices':
      return Array.isArray(value) ? formatList(value.map((one) => optionLabel(field, one))) : String(value)
    case 'refs':
      return Array.isArray(value) ? formatList(value.map(label)) : label(value)
    case 'json':
      if (typeof value === 'string') return value
      return Object.keys(value).length > 0 ? JSON.stringify(value) : ''
    default:
      return label(value)
  }
}

/** The plain form for a clipboard or an editor: no separators, nothing rounded away. */
export function editText(field: Field, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (isRaw(value)) return value.raw
  if (['int', 'decimal', 'money', 'price', 'percent'].includes(field.type)) {
    const text = String(value)
    return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text
  }
  return formatValue(field, value)
}
