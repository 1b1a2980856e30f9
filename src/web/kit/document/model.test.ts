import { describe, expect, it } from 'vitest'
import type { ActionMeta, Description, Doc, Field } from '@/api/types'
import { merged, yielded } from './merge'
import {
  computedFrom,
  draftTitle,
  isBlank,
  type LineEdit,
  mainPath,
  outgoing,
  placed,
  rowsOf,
  shownCell,
  shownValue,
  total,
  unread,
} from './model'

const field = (name: string, type: Field['type'] = 'text', more: Partial<Field> = {}): Field => ({ name, label: name, type, ...more })
const lineFields = {
  item: field('item', 'ref'),
  quantity: field('quantity', 'decimal'),
  amount: field('amount', 'money', { readonly: true }),
}
const description = {
  fields: { customer: field('customer', 'ref'), title: field('title'), colour: field('colour', 'text', { custom: true }) },
  form: [{ kind: 'lines', title: '明细', name: 'lines', fields: lineFields, columns: Object.keys(lineFields) }],
} as unknown as Description
const doc = {
  id: 1,
  version: 3,
  _key: 'q.q',
  _label: 'Q1',
  title: 'old',
  custom: { colour: 'red' },
  lines: [
    { id: 10, item: { id: 1, label: 'A' }, quantity: '1', amount: '5.00' },
    { id: 11, item: { id: 2, label: 'B' }, quantity: '2', amount: '8.00' },
  ],
} as unknown as Doc

describe('what goes out', () => {
  it('is what was typed, with references by id and custom fields in their place', () => {
    const rows: LineEdit[] = [{ _k: 'a', id: 10 }, { _k: 'b', item: { id: 7, label: 'C' }, quantity: '3' }, { _k: 'c' }]
    const { body, sent } = outgoing(description, { customer: { id: 5, label: 'X' }, 'custom.colour': 'blue', lines: rows })
    expect(body).toEqual({ customer: 5, custom: { colour: 'blue' }, lines: [{ id: 10 }, { item: 7, quantity: '3' }] })
    expect(sent.lines?.map((row) => row._k)).toEqual(['a', 'b'])
  })
  it('knows blank lines and unread text', () => {
    expect(isBlank({ _k: 'x', item: null })).toBe(true)
    expect(isBlank({ _k: 'x', id: 1 })).toBe(false)
    expect(unread(description, { title: { raw: '?' }, lines: [{ _k: 'b', item: { raw: 'M' } }] })).toEqual(['title', 'lines.b.item'])
  })
  it('puts errors on the row they were about', () => {
    const rows: LineEdit[] = [{ _k: 'a' }, { _k: 'b', quantity: '0' }]
    const { sent } = outgoing(description, { lines: rows })
    expect(placed([{ path: 'lines.0.quantity', code: 'positive', detail: '> 0' }], sent)).toEqual({ 'lines.b.quantity': '> 0' })
  })
})

describe('what is shown', () => {
  it('prefers the typed value, then the computed, then the stored one', () => {
    const computed = computedFrom({ title: 'server' }, {})
    expect(shownValue(field('title'), doc, { title: 'mine' }, computed)).toBe('mine')
    expect(shownValue(field('title'), doc, {}, computed)).toBe('server')
    expect(shownValue(field('colour', 'text', { custom: true }), doc, {}, null)).toBe('red')
  })
  it('says when a line has changed since it was computed', () => {
    const row: LineEdit = { _k: 'b', quantity: '3' }
    const { lines } = computedFrom({ lines: [{ amount: '9.00' }] }, { lines: [row] })
    expect(shownCell(lineFields.amount, row, undefined, lines.lines)).toEqual({ value: '9.00', pending: false })
    expect(shownCell(lineFields.amount, { ...row, quantity: '4' }, undefined, lines.lines).pending).toBe(true)
    expect(shownCell(lineFields.amount, { _k: 's10', id: 10 }, doc.lines as never, undefined).pending).toBe(false)
  })
  it('tells new documents apart by what was chosen', () => {
    expect(draftTitle('新建报价单', null, { note: 'x', customer: { id: 1, label: '宝钢' } })).toBe('新建报价单 · 宝钢')
    expect(draftTitle('Q1', doc, { customer: { id: 1, label: '宝钢' } })).toBe('Q1')
  })
  it('adds exactly', () => expect(total(['0.1', '0.2', null, '•••'])).toBe('0.3'))
})

describe('the ribbon', () => {
  const action = (verb: string, when: string[], then: string | null, style: ActionMeta['style'] = 'primary') =>
    ({ verb, when, then, style }) as ActionMeta
  const states = ['draft', 'sent', 'accepted', 'lost'].map((value) => ({ value, label: value }))
  const actions = {
    send: action('send', ['draft'], 'sent'),
    accept: action('accept', ['sent'], 'accepted'),
    lose: action('lose', ['draft', 'sent'], 'lost', 'danger'),
  }
  it('follows the main actions', () => expect(mainPath({ states, actions }, 'draft')).toEqual(['draft', 'sent', 'accepted']))
  it('goes on in order where an action leaves the next state open', () => {
    const states = ['ready', 'shipped', 'closed', 'held'].map((value) => ({ value, label: value }))
    const actions = {
      deliver: action('deliver', ['ready'], null),
      close: action('close', ['shipped'], 'closed', 'default'),
      hold: action('hold', ['ready'], 'held', 'danger'),
    }
    expect(mainPath({ states, actions }, 'ready')).toEqual(['ready', 'shipped', 'closed'])
  })
  it('ends where the document ended', () => expect(mainPath({ states, actions }, 'lost').at(-1)).toBe('lost'))
})

describe('two people, one document', () => {
  const mine: LineEdit[] = [
    { _k: 's10', id: 10, quantity: '9' },
    { _k: 's11', id: 11, quantity: '7' },
    { _k: 'n', quantity: '1' },
  ]
  const edits = { title: 'mine', lines: mine }
  const base = { title: 'old', lines: doc.lines }
  const current = {
    ...doc,
    version: 4,
    customer: { id: 5, label: 'New' },
    title: 'theirs',
    lines: [
      { id: 10, item: { id: 1, label: 'A' }, quantity: '4' },
      { id: 12, item: { id: 3, label: 'D' }, quantity: '6' },
    ],
  } as unknown as Doc
  const result = merged(description, doc, edits, base, current)
  it('names what both changed and what only the other changed', () => {
    expect(result.conflicts.map((one) => one.path)).toEqual(['title', 'lines.s10.quantity'])
    expect(result.news.map((one) => one.path)).toEqual(['customer', 'lines.s12.item', 'lines.s12.quantity', 'lines.s11'])
  })
  it('keeps my lines, theirs, and my change of a line they deleted', () => {
    const rows = result.edits.lines as LineEdit[]
    expect(rows.map((row) => row.id)).toEqual([10, undefined, undefined, 12])
    expect(rows[1]).toMatchObject({ item: { id: 2, label: 'B' }, quantity: '7' })
  })
  it('lets go of my input where I choose theirs', () => {
    const after = yielded(result.edits, ['title', 'lines.s10.quantity'])
    expect(after).not.toHaveProperty('title')
    expect((after.lines as LineEdit[])[0]).toEqual({ _k: 's10', id: 10 })
  })
  it('starts rows from the stored lines', () => expect(rowsOf(doc, {}, 'lines').map((row) => row.id)).toEqual([10, 11]))
})
