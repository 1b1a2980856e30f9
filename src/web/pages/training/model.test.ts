import { expect, it } from 'vitest'
import { byModule, found, type Material } from './model'

const row = (told: Partial<Material>): Material => ({
  id: 1,
  title: 'Quoting in five minutes',
  kind: 'video',
  kind_label: 'Video',
  module: 'sales',
  language: 'en',
  minutes: 5,
  link: '',
  text: '',
  steps: [],
  files: [],
  done: null,
  ...told,
})
const rows = [
  row({}),
  row({ id: 2, title: '五分钟报价', language: 'zh-hans', done: '2026-11-22' }),
  row({ id: 3, module: 'stock', text: 'Count twice' }),
]

it('finds by every word, by language, and what is left to do', () => {
  const ids = (wanted: Partial<Parameters<typeof found>[1]>) =>
    found(rows, { q: '', language: '', open: false, ...wanted }).map(({ id }) => id)
  expect(ids({ q: 'minutes QUOTING' })).toEqual([1, 3])
  expect(ids({ q: 'twice', language: 'zh-hans' })).toEqual([])
  expect(ids({ language: 'en' })).toEqual([1, 3])
  expect(ids({ open: true })).toEqual([1, 3])
})

it('stands in the order of the menu', () => {
  const modules = ['stock', 'sales', 'finance'].map((value) => ({ value, label: value }))
  expect(byModule(rows, modules).map((one) => [one.value, one.rows.length])).toEqual([
    ['stock', 1],
    ['sales', 2],
  ])
})
