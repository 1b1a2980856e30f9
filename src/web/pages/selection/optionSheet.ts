import { type Cell, cells, isEmpty, join, object, pick, plain, type Row, raw, type Sheet, split, text } from './cells'

const OPTION = ['kind', 'unit', 'default', 'least', 'most', 'step', 'formula']
const VALUE = ['mark', 'price', 'cost', 'days', 'weight']

/** One row a value; what belongs to the option stands in its first row. */
export const options: Sheet = {
  columns: [
    ['name', 'code'],
    ['label'],
    ['label_en'],
    ['group'],
    ['kind', 'choice'],
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
  ],
  read: (table) =>
    cells(table.options).flatMap((option) => {
      const head: Cell = {
        name: text(option.name),
        ...split('label', option.label),
        group: split('group', option.group).group,
        ...pick(option, OPTION),
        kind: text(option.kind) || 'single',
        _raw: option,
      }
      const values = cells(option.values)
      if (!values.length) return [{ ...head, ...pick(option, ['price', 'cost', 'days', 'weight']) }]
      return values.map((value, at) => ({
        ...(at ? {} : head),
        code: text(value.code),
        ...split('value', value.name),
        ...pick(value, VALUE),
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
      else if (begins) Object.assign(option, plain(row, ['price', 'cost', 'days', 'weight'], {}))
      return begins ? [place, at] : [place]
    })
    const kept = found.map(({ values, ...option }) => (values.length ? { ...option, values } : option))
    return { table: { ...table, options: kept }, places }
  },
}

function headOf(row: Row): Cell {
  const before = raw(row)
  const group = text(row.group)
  const same = group === split('group', before.group).group
  return { ...plain(row, ['name', ...OPTION], before), ...join(row, 'label'), ...(group ? { group: same ? before.group : group } : {}) }
}

const codedOf = (row: Row): Cell => ({
  ...plain(row, ['code', ...VALUE], object(row._value)),
  ...join({ ...row, name: row.value, name_en: row.value_en }, 'name'),
})
