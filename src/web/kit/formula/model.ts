import i18n from 'i18next'
import type { Option } from '@/api/types'

/** A name that a formula may say, and what people call it. */
export interface FormulaName {
  name: string
  label: string
  type: string
  options?: Option[]
}

const TOKEN = /"[^"]*"|'[^']*'|[A-Za-z_][\w.]*|[=!<>]=/g
const JOINING = ['and', 'or', 'not', 'in']
const SIGNS: Record<string, string> = { '==': '=', '!=': '≠', '>=': '≥', '<=': '≤' }

/** A formula as people would say it: fields by their labels, codes by their words. */
export function readable(text: string, names: FormulaName[]): string {
  let last: FormulaName | undefined
  return text.replace(TOKEN, (token) => {
    if (/^["']/.test(token)) {
      const code = token.slice(1, -1)
      return last?.options?.find(({ value }) => value === code)?.label ?? code
    }
    if (SIGNS[token]) return SIGNS[token]
    if (JOINING.includes(token)) return i18n.t(`formula.${token}`)
    const known = names.find(({ name }) => name === token)
    if (known) last = known
    return known?.label ?? token
  })
}

/** A word put where the cursor stands, apart from its neighbours. */
export function inserted(text: string, from: number, to: number, word: string): { text: string; cursor: number } {
  const [before, after] = [text.slice(0, from), text.slice(to)]
  const gap = before && !/[\s(]$/.test(before) ? ' ' : ''
  const tail = after && !/^[\s),]/.test(after) ? ' ' : ''
  return { text: `${before}${gap}${word}${tail}${after}`, cursor: before.length + gap.length + word.length }
}
