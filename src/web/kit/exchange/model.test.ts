import { describe, expect, it } from 'vitest'
import { creatable, createMissing, type Inspection, labelOf, mapped, missing } from './model'

const inspection: Inspection = {
  headings: ['名称', '城市'],
  mapping: { 名称: 'name', 城市: null },
  sample: [],
  fields: [
    { path: 'name', label: '名称', required: true },
    { path: 'city', label: '城市', required: true },
    { path: 'contacts.name', label: '姓名', required: true },
    { path: 'contacts.phone', label: '电话', required: false },
  ],
}

describe('import mapping', () => {
  it('names required fields without a column', () => {
    expect(missing(inspection, inspection.mapping)).toEqual(['城市'])
    expect(missing(inspection, mapped(inspection.mapping, '城市', 'city'))).toEqual([])
  })
  it('asks for fields of lines only when lines are imported', () => {
    expect(missing(inspection, { 名称: 'name', 城市: 'city', 电话: 'contacts.phone' })).toEqual(['姓名'])
    expect(labelOf(inspection, 'contacts.name')).toBe('姓名')
  })
  it('offers to create only what its name suffices for, and asks for it only while a column leads there', () => {
    const offered: Inspection = {
      ...inspection,
      fields: [{ path: 'region', label: '地区', required: false, creatable: true }, ...inspection.fields],
    }
    expect(['region', 'name', null].map((path) => creatable(offered, path))).toEqual([true, false, false])
    expect(createMissing(['region', 'unit'], { 地区: 'region', 名称: null })).toEqual(['region'])
  })
  it('gives a field to one column only', () => {
    expect(mapped(inspection.mapping, '城市', 'name')).toEqual({ 名称: null, 城市: 'name' })
    expect(mapped({ a: null, b: null }, 'a', null)).toEqual({ a: null, b: null })
  })
})
