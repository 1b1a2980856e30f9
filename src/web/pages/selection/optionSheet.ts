import { type Cell, cells, isEmpty, join, object, pick, plain, type Row, raw, type Sheet, split, text, unsaid, words } from './cells'

const OPTION = ['kind', 'unit', 'default', 'least', 'step', 'formula']
/** What follows from a choice: of a value, or of an option that has none. */
const EFFECTS = ['mark', 'price', 'cost', 'days', 'weight', 'most']
const SAID: Record<string, string> = { true: 'yes', false: 'no' }

/** One row a value; what belongs to the option stands in its first row. */
export const options: Sheet = {
  columns: [
    ['name', 'code'],
    ['label'],
    ['label_en'],
    ['group'],
    ['group_en'],
    ['kind', 'choice'],
    ['required', 'choice'],
    ['code', 'code'],
    ['value'],
    ['value_en'],
    ['mark', 'code'],
    ['price', 'code'],
    ['cost', 'code'],
    ['days', 'code'],
    ['weight', 'code'],
    ['unit'],
    ['default', 'code'],
    ['least', 'code'],
    ['most', 'code'],
    ['step', 'code'],
    ['formula', 'code'],
    ['spec'],
    ['spec_en'],
    ['documents'],
  ],
  read: (table) =>
    cells(table.options).flatMap((option) => {
      const head: Cell = {
        name: text(option.name),
        ...split('label', option.label),
        ...split('group', option.group),
        ...pick(option, OPTION),
        kind: text(option.kind) || 'single',
        required: SAID[text(option.required)] ?? '',
        _raw: option,
      }
      const values = cells(option.values)
      if (!values.length) return [{ ...head, ...effectsIn(option) }]
      return values.map((value, at) => ({
        ...(at ? {} : head),
        code: text(value.code),
        ...split('value', value.name),
        ...effectsIn(value),
        _value: value,
      }))
    }),
  write: (table, rows) => {
    const found: (Cell & { values: Cell[] })[] = []
    const places = rows.map((row) => {
      const begins = text(row.name) !== '' && text(row.name) !== found.at(-1)?.name
      if (begins) found.push({ ...headOf(row), values: [] })
      const option = found.at(-1)
      if (isEmpty(row) || !option) return []
      const at = `options.${found.length - 1}`
      const place = `${at}.values.${option.values.length}`
      if (text(row.code)) option.values.push(codedOf(row))
      else if (begins) Object.assign(option, effectsOf(row, {}))
      return begins ? [place, at] : [place]
    })
    const kept = found.map(({ values, ...option }) => (values.length ? { ...option, values } : option))
    return { table: { ...table, options: kept }, places }
  },
}

/** What is not to stand in the specification is written so; without a text the name stands there. */
const UNSAID = '-'
const effectsIn = (source: Cell): Cell => {
  const spec = split('spec', source.spec)
  return {
    ...pick(source, EFFECTS),
    ...spec,
    ...(source.spec !== undefined && !spec.spec ? { spec: UNSAID } : {}),
    documents: words(source.documents),
  }
}

function effectsOf(row: Row, before: Cell): Cell {
  const { spec: _spec, documents: _documents, ...rest } = before
  const documents = unsaid(row.documents)
  const spec = row.spec === UNSAID ? { spec: '' } : join(row, 'spec')
  return { ...plain(row, EFFECTS, rest), ...spec, ...(documents.length ? { documents } : {}) }
}

function headOf(row: Row): Cell {
  const { label: _label, group: _group, required: _required, spec: _spec, documents: _documents, ...before } = raw(row)
  const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !EFFECTS.includes(name)))
  const required = row.required === 'yes' ? { required: true } : row.required === 'no' ? { required: false } : {}
  return { ...plain(row, ['name', ...OPTION], kept), ...join(row, 'label'), ...join(row, 'group'), ...required }
}

const codedOf = (row: Row): Cell => ({
  ...plain(row, ['code'], effectsOf(row, object(row._value))),
  ...join({ ...row, name: row.value, name_en: row.value_en }, 'name'),
})
