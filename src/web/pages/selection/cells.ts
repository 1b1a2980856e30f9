import type { LineEdit } from '@/kit/document/model'

export type Cell = Record<string, unknown>
export type Row = LineEdit
export type Table = Record<string, unknown>

/** One sheet of a table: its rows, and the way back. `places` say where each row stands, as the server names it in problems. */
export interface Sheet {
  columns: Column[]
  read: (table: Table) => Cell[]
  write: (table: Table, rows: Row[]) => { table: Table; places: string[][] }
}
export type Column = readonly [name: string, kind?: 'choice' | 'code' | 'long']

export const cells = (value: unknown): Cell[] =>
  Array.isArray(value) ? value.filter((one): one is Cell => typeof one === 'object' && one !== null && !Array.isArray(one)) : []
export const object = (value: unknown): Cell =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Cell) : {}
export const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value))
export const words = (value: unknown): string => (Array.isArray(value) ? value.map(text).join('、') : '')
export const unsaid = (said: unknown): string[] =>
  text(said)
    .split(/[、,，;；]/)
    .map((one) => one.trim())
    .filter(Boolean)
export const raw = (row: Row): Cell => object(row._raw)
export const isEmpty = (row: Row) => Object.entries(row).every(([name, value]) => name.startsWith('_') || text(value) === '')

/** The two languages of a text as two columns, and back to one where they are the same. */
export const split = (name: string, value: unknown): Cell => {
  const both = typeof value === 'object' && value !== null ? (value as Cell) : { zh: value, en: value }
  return { [name]: text(both.zh), [`${name}_en`]: both.en === both.zh ? '' : text(both.en) }
}
export const join = (row: Row, name: string): Cell => {
  const zh = text(row[name])
  const en = text(row[`${name}_en`])
  return zh || en ? { [name]: { zh: zh || en, en: en || zh } } : {}
}
/** The cells of a row that hold something; those that were emptied go from what was there before. */
export function plain(row: Row, names: string[], before: Cell): Cell {
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !names.includes(name)))
  const filled = names.flatMap((name) => (text(row[name]) === '' ? [] : [[name, text(row[name])] as const]))
  return { ...kept, ...Object.fromEntries(filled) }
}
export const pick = (source: Cell, names: string[]): Cell => Object.fromEntries(names.map((name) => [name, text(source[name])]))

// choices in one cell: F=100, grips=WG+CP*2 ---------------------------------------------------------------------------------
export function choicesSaid(value: unknown): string {
  const one = (choice: unknown): string => {
    if (Array.isArray(choice)) return choice.map(String).join('+')
    if (typeof choice !== 'object' || choice === null) return text(choice)
    return Object.entries(choice)
      .map(([code, count]) => (count === 1 ? code : `${code}*${text(count)}`))
      .join('+')
  }
  return Object.entries(object(value))
    .map(([name, choice]) => `${name}=${one(choice)}`)
    .join(', ')
}

export function choicesRead(said: string, several: (name: string) => boolean): Cell {
  const found: Cell = {}
  for (const part of said.split(/[,，;；\n]/)) {
    const at = part.search(/[=＝]/)
    const name = part.slice(0, at).trim()
    const value = part.slice(at + 1).trim()
    if (at < 1 || !name) continue
    if (!several(name)) found[name] = value
    else
      found[name] = Object.fromEntries(
        value.split('+').map((one) => {
          const [code = '', count = '1'] = one.split('*')
          return [code.trim(), Number(count) || 1]
        }),
      )
  }
  return found
}
export const severalIn = (table: Table) => (name: string) => cells(table.options).some((one) => one.name === name && one.kind === 'multi')

/** What is expected of a case: words and figures as they are, yes and no, lists of codes in brackets. */
export const expectRead = (said: string, several: (name: string) => boolean): Cell =>
  Object.fromEntries(
    Object.entries(choicesRead(said, several)).map(([name, value]) => {
      if (value === 'true' || value === 'false') return [name, value === 'true']
      const list = typeof value === 'string' ? /^\[(.*)\]$/.exec(value) : null
      return [name, list ? (list[1] ?? '').split(/\s+/).filter(Boolean) : value]
    }),
  )
export const expectSaid = (value: unknown): string =>
  Object.entries(object(value))
    .map(([name, one]) => `${name}=${Array.isArray(one) ? `[${one.join(' ')}]` : choicesSaid({ '': one }).slice(1)}`)
    .join(', ')
