import {
  type Cell,
  type Column,
  cells,
  choicesRead,
  choicesSaid,
  expectRead,
  expectSaid,
  isEmpty,
  join,
  object,
  pick,
  plain,
  type Row,
  raw,
  type Sheet,
  severalIn,
  split,
  type Table,
  text,
  unsaid,
  words,
} from './cells'
import { options } from './optionSheet'

/** Rows of a list of the table, one to one. */
function list(name: string, columns: Column[], read: (one: Cell, table: Table) => Cell, write: (row: Row, table: Table) => Cell): Sheet {
  return {
    columns,
    read: (table) => cells(table[name]).map((one) => ({ ...read(one, table), _raw: one })),
    write: (table, rows) => {
      const filled = rows.filter((row) => !isEmpty(row))
      return {
        table: { ...table, [name]: filled.map((row) => write(row, table)) },
        places: rows.map((row) => (isEmpty(row) ? [] : [`${name}.${filled.indexOf(row)}`])),
      }
    },
  }
}

const RULE = ['code', 'kind', 'when', 'then', 'option', 'value', 'least', 'most']
const commas = (said: unknown) =>
  text(said)
    .split(/[,，、\s]+/)
    .filter(Boolean)

/** Allowed combinations in one cell: `F, frame | 5, S | 10, D`. */
const allowedSaid = (rule: Cell) =>
  Array.isArray(rule.options)
    ? [rule.options, ...(Array.isArray(rule.rows) ? rule.rows : [])].map((row) => (row as unknown[]).join(', ')).join(' | ')
    : ''
function allowedRead(said: string): Cell {
  const [head = '', ...rows] = said.split('|')
  return said.trim() ? { options: commas(head), rows: rows.map(commas) } : {}
}

const rules = list(
  'rules',
  [
    ['code', 'code'],
    ['kind', 'choice'],
    ['when', 'code'],
    ['then', 'code'],
    ['sentence'],
    ['sentence_en'],
    ['option', 'code'],
    ['value', 'code'],
    ['least', 'code'],
    ['most', 'code'],
    ['allowed', 'code'],
  ],
  (rule) => ({ ...pick(rule, RULE), kind: text(rule.kind) || 'requires', ...split('sentence', rule.sentence), allowed: allowedSaid(rule) }),
  (row) => {
    const { options: _o, rows: _r, ...before } = raw(row)
    return { ...plain(row, RULE, before), ...join(row, 'sentence'), ...allowedRead(text(row.allowed)) }
  },
)
const price = list(
  'price',
  [['name', 'code'], ['label'], ['label_en'], ['of', 'code'], ['formula', 'code'], ['to', 'code']],
  (step) => ({
    ...pick(step, ['name', 'formula', 'to']),
    ...split('label', step.label),
    of: Array.isArray(step.of) ? step.of.join(', ') : '',
  }),
  (row) => ({ ...plain(row, ['name', 'formula', 'to'], raw(row)), ...join(row, 'label'), of: commas(row.of) }),
)
const presets = list(
  'presets',
  [['name'], ['name_en'], ['standard'], ['choices', 'code']],
  (preset) => ({ ...split('name', preset.name), standard: text(preset.standard), choices: choicesSaid(preset.choices) }),
  (row, table) => ({
    ...raw(row),
    ...join(row, 'name'),
    standard: text(row.standard),
    choices: choicesRead(text(row.choices), severalIn(table)),
  }),
)
const cases = list(
  'cases',
  [['name'], ['choices', 'code'], ['expect', 'code']],
  (one) => ({ name: text(one.name), choices: choicesSaid(one.choices), expect: expectSaid(one.expect) }),
  (row, table) => ({
    ...raw(row),
    name: text(row.name),
    choices: choicesRead(text(row.choices), severalIn(table)),
    expect: expectRead(text(row.expect), severalIn(table)),
  }),
)

/** The first rule and the first warning of a question stand in cells: `F` and `F >= 1.2 * fmax`. */
const questions = list(
  'questions',
  [
    ['name', 'code'],
    ['label'],
    ['label_en'],
    ['unit'],
    ['option', 'code'],
    ['choose', 'code'],
    ['when', 'code'],
    ['sentence'],
    ['sentence_en'],
  ],
  (one) => {
    const [option = '', choose = ''] = Object.entries(object(one.choose))[0] ?? []
    const warn = cells(one.warn)[0] ?? {}
    return {
      ...pick(one, ['name', 'unit']),
      ...split('label', one.label),
      option,
      choose: text(choose),
      when: text(warn.when),
      ...split('sentence', warn.sentence),
    }
  },
  (row) => {
    const before = raw(row)
    const more = Object.fromEntries(Object.entries(object(before.choose)).slice(1))
    const warn = text(row.when)
      ? [{ when: text(row.when), ...join(row, 'sentence') }, ...cells(before.warn).slice(1)]
      : cells(before.warn).slice(1)
    return {
      ...plain(row, ['name', 'unit'], before),
      ...join(row, 'label'),
      choose: { ...(text(row.option) ? { [text(row.option)]: text(row.choose) } : {}), ...more },
      warn,
    }
  },
)

/** Code: prefix in the first row, then one row a place. */
const code: Sheet = {
  columns: [
    ['before', 'code'],
    ['option', 'code'],
  ],
  read: (table) => [
    { before: text(object(table.code).prefix), option: '' },
    ...cells(object(table.code).parts).map((part) => pick(part, ['before', 'option'])),
  ],
  write: (table, rows) => {
    const parts = rows.slice(1).filter((row) => !isEmpty(row))
    return {
      table: { ...table, code: { prefix: text(rows[0]?.before), parts: parts.map((row) => plain(row, ['before', 'option'], {})) } },
      places: rows.map((row, at) => (at && !isEmpty(row) ? [`code.parts.${parts.indexOf(row)}`] : ['code'])),
    }
  },
}

/** What every configuration begins with: one row. */
const BASE = ['days', 'cost', 'weight']
const base: Sheet = {
  columns: [['days', 'code'], ['cost', 'code'], ['weight', 'code'], ['documents']],
  read: (table) => [{ ...pick(object(table.base), BASE), documents: words(object(table.base).documents) }],
  write: (table, rows) => {
    const [row] = rows
    const { documents: _documents, ...before } = object(table.base)
    const documents = unsaid(row?.documents)
    const kept = row ? plain(row, BASE, before) : before
    return { table: { ...table, base: { ...kept, ...(documents.length ? { documents } : {}) } }, places: rows.map(() => ['base']) }
  },
}

/** Lines that values add: of the base where no option is named, of the option itself where no value is. */
function added(name: 'bom' | 'routing' | 'crates', columns: Column[], names: string[]): Sheet {
  const line = (one: Cell, option = '', value = ''): Cell => ({ option, value, ...pick(one, names), ...split('name', one.name), _raw: one })
  return {
    columns: [['option', 'code'], ['value', 'code'], ...columns],
    read: (table) => [
      ...cells(object(table.base)[name]).map((one) => line(one)),
      ...cells(table[`stray_${name}`]).map((one) => line(one, text(one.option), text(one.value))),
      ...cells(table.options).flatMap((option) => [
        ...cells(option[name]).map((one) => line(one, text(option.name))),
        ...cells(option.values).flatMap((value) => cells(value[name]).map((one) => line(one, text(option.name), text(value.code)))),
      ]),
    ],
    write: (table, rows) => {
      const places: string[][] = rows.map(() => [])
      const of = (option: string, value: string, at: string) => {
        const found: Cell[] = []
        rows.forEach((row, position) => {
          if (isEmpty(row) || text(row.option) !== option || text(row.value) !== value) return
          places[position] = [`${at}.${name}.${found.length}`]
          found.push({ ...plain(row, names, raw(row)), ...join(row, 'name') })
        })
        return found
      }
      const put = (owner: Cell, lines: Cell[]) => {
        const { [name]: _was, ...rest } = owner
        return lines.length ? { ...rest, [name]: lines } : rest
      }
      const owners = cells(table.options).map((option, at) => ({
        ...put(option, of(text(option.name), '', `options.${at}`)),
        ...(Array.isArray(option.values)
          ? {
              values: cells(option.values).map((value, place) =>
                put(value, of(text(option.name), text(value.code), `options.${at}.values.${place}`)),
              ),
            }
          : {}),
      }))
      const based = put(object(table.base), of('', '', 'base'))
      const lost = rows.filter((row, at) => !isEmpty(row) && !places[at]?.length)
      for (const row of lost) places[rows.indexOf(row)] = [`stray_${name}.${lost.indexOf(row)}`]
      const stray = lost.map((row) => ({
        option: text(row.option),
        value: text(row.value),
        ...plain(row, names, raw(row)),
        ...join(row, 'name'),
      }))
      const { [`stray_${name}`]: _was, ...rest } = table
      return { table: { ...rest, base: based, options: owners, ...(stray.length ? { [`stray_${name}`]: stray } : {}) }, places }
    },
  }
}

export const SHEETS = {
  options,
  rules,
  price,
  code,
  base,
  parts: added(
    'bom',
    [
      ['item', 'code'],
      ['name'],
      ['name_en'],
      ['quantity', 'code'],
      ['operation', 'code'],
      ['supply', 'choice'],
      ['lead_days', 'code'],
      ['when', 'code'],
    ],
    ['item', 'quantity', 'operation', 'supply', 'lead_days', 'when'],
  ),
  routing: added(
    'routing',
    [['seq', 'code'], ['name'], ['name_en'], ['centre', 'code'], ['hours', 'code'], ['when', 'code']],
    ['seq', 'centre', 'hours', 'when'],
  ),
  crates: added(
    'crates',
    [['name'], ['name_en'], ['length', 'code'], ['width', 'code'], ['height', 'code'], ['weight', 'code'], ['quantity', 'code']],
    ['length', 'width', 'height', 'weight', 'quantity'],
  ),
  presets,
  questions,
  cases,
} satisfies Record<string, Sheet>
export type SheetName = keyof typeof SHEETS

export const CHOICES: Record<string, string[]> = {
  'options.required': ['yes', 'no'],
  'options.kind': ['single', 'multi', 'quantity', 'number', 'text', 'file', 'derived'],
  'rules.kind': ['requires', 'excludes', 'combination', 'bound', 'quantity', 'default', 'visibility', 'warning', 'review'],
  'parts.supply': ['make', 'buy', 'service'],
}
