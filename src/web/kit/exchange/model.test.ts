import { describe, expect, it } from 'vitest'
import { type Inspection, mapped, missing } from './model'

const inspection: Inspection = {
  headings: ['名称', '城市'],
  mapping: { 名称: 'name', 城市: null },
  sample: [],
  fields: [
    { path: 'name', label: '名称', required: true },
    { path: 'city', label: '城市', required: true },
  ],
}

describe('import mapping', () => {
  it('names required fields without a column', () => {
    expect(missing(inspection, inspection.mapping)).toEqual(['城市'])
    expect(missing(inspection, mapped(inspection.mapping, '城市', 'city'))).toEqual([])
  })
  it('gives a field to one column only', () => {
    expect(mapped(inspection.mapping, '城市', 'name')).toEqual({ 名称: null, 城市: 'name' })
    expect(mapped({ a: null, b: null }, 'a', null)).toEqual({ a: null, b: null })
  })
})
