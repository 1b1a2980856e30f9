import { describe, expect, it } from 'vitest'
import { added, changed, type Design, imported, LINES, moved, namesOf, placedErrors } from './model'

const design: Design = {
  sections: [
    {
      title: 'A',
      fields: [
        { name: 'first', kind: 'text', label: 'First' },
        { name: 'second', kind: 'money', label: 'Second' },
      ],
    },
    { title: 'B', fields: [] },
  ],
  lines: { name: 'lines', title: 'L', fields: [{ name: 'amount', kind: 'money', label: 'Amount' }] },
}
const names = (drawn: Design) => drawn.sections.map((section) => section.fields.map((field) => field.name))

describe('drawing a form', () => {
  it('gives every new field a key of its own', () => {
    const once = added(design, 'date', 'Date', { where: 0, at: 1 })
    expect(names(added(once, 'date', 'Date', { where: 1, at: 0 }))).toEqual([['first', 'date', 'second'], ['date_2']])
  })
  it('puts a field where it is dropped', () => {
    expect(names(moved(design, { where: 0, at: 0 }, { where: 0, at: 2 }))).toEqual([['second', 'first'], []])
    expect(names(moved(design, { where: 0, at: 1 }, { where: 1, at: 0 }))).toEqual([['first'], ['second']])
  })
  it('leaves files out of the line table', () => {
    const filed = added(design, 'file', 'File', { where: 1, at: 0 })
    expect(moved(filed, { where: 1, at: 0 }, { where: LINES, at: 0 })).toBe(filed)
  })
  it('keeps only settings that say something, and that a field is not in lists', () => {
    const [field] = changed(design, { where: 0, at: 0 }, { required: false, help: '', list: false }).sections[0]?.fields ?? []
    expect(field).toEqual({ name: 'first', kind: 'text', label: 'First', list: false })
  })
  it('offers formulas the fields and the columns of the lines', () => {
    expect(namesOf(design, null).map((one) => one.name)).toEqual(['first', 'second', 'lines.amount'])
    expect(namesOf(design, LINES).map((one) => one.name)).toEqual(['amount'])
  })
  it('finds the field that an error is about', () => {
    const wrong = (path: string) => ({ path, code: 'x', detail: path })
    expect(
      placedErrors([wrong('design.sections.1.fields.2.formula'), wrong('design.lines.fields.0.name'), wrong('design.booking')]),
    ).toEqual({
      '1.2': { formula: 'design.sections.1.fields.2.formula' },
      'lines.0': { name: 'design.lines.fields.0.name' },
      '': { booking: 'design.booking' },
    })
  })
  it('takes a design out of a file, and nothing else', () => {
    expect(imported(JSON.stringify({ millwright: 'form', design }))).toEqual(design)
    expect(imported('{"rows": []}')).toBeNull()
    expect(imported('no json')).toBeNull()
  })
})
