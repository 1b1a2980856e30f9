import type { Field, FieldType } from '@/api/types'

const NUMERIC: FieldType[] = ['int', 'decimal', 'money', 'price', 'percent']
export const isNumeric = (field: Field) => NUMERIC.includes(field.type)
export const isReference = (field: Field) => ['ref', 'member', 'unit'].includes(field.type)
export const isChoice = (field: Field) => ['choice', 'state'].includes(field.type)

/** Typed or pasted text that could not be understood stays as it was typed, and says so. */
export interface Raw {
  raw: string
}
export const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && 'raw' in value

function shifted(digits: string, places: number): string {
  const [whole = '0', part = ''] = digits.split('.')
  const padded = part.padEnd(places, '0')
  const result = `${whole}${padded.slice(0, places)}.${padded.slice(places)}`
  return result.replace(/^(-?)0+(?=\d)/, '$1').replace(/\.$/, '')
}

const MULTIPLES: Record<string, number> = { 万: 4, 亿: 8 }

/** "￥１,２００.５０", "1.2万", "(500)", "5%" as an exact decimal string; null when it is no number. */
export function parseNumber(text: string): string | null {
  let clean = text.normalize('NFKC').replace(/[,\s'¥￥$€%元]/g, '')
  const negative = /^\((.+)\)$/.exec(clean)
  if (negative) clean = `-${negative[1]}`
  const multiple = MULTIPLES[clean.at(-1) ?? '']
  if (multiple) clean = clean.slice(0, -1)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(clean)) return null
  const plain = clean
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  return multiple ? shifted(plain, multiple) : plain
}

/** 2026-11-21, 2026/1/5, 2026.1.5, 2026年1月5日, 20261121, 11-21 (this year). */
export function parseDate(text: string, year = new Date().getFullYear()): string | null {
  const clean = text.normalize('NFKC').trim()
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(clean) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(clean) ??
    /^()(\d{1,2})[-/.月](\d{1,2})日?$/.exec(clean)
  if (!found) return null
  const [, y, m, d] = found
  const iso = `${y || year}-${m?.padStart(2, '0')}-${d?.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso
}

const YES = ['1', 'true', 'yes', 'y', '是', '√', '✓', '对']
const NO = ['0', 'false', 'no', 'n', '否', '×', '']

function parseBool(text: string): boolean | null {
  const clean = text.trim().toLowerCase()
  if (YES.includes(clean)) return true
  return NO.includes(clean) ? false : null
}

function parseOption(text: string, field: Field): string | null {
  const clean = text.trim().toLowerCase()
  const hit = field.options?.find(({ value, label }) => value.toLowerCase() === clean || label.toLowerCase() === clean)
  return hit?.value ?? null
}

/** Text as a value of the field. What cannot be read comes back as `Raw`, never as nothing. */
export function parseText(text: string, field: Field): unknown {
  if (text.trim() === '') return null
  if (isNumeric(field)) return parseNumber(text) ?? { raw: text }
  if (isReference(field)) return { raw: text.trim() }
  if (isChoice(field)) return parseOption(text, field) ?? { raw: text }
  if (field.type === 'date') return parseDate(text) ?? { raw: text }
  if (field.type === 'bool') return parseBool(text) ?? { raw: text }
  return text
}
