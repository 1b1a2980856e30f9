import { describe, expect, it } from 'vitest'
import type { Meta } from '@/api/types'
import { type Entry, offer, remembered } from './model'

const meta = {
  menu: [
    {
      key: 'sales',
      label: '销售',
      icon: 'sales',
      items: [
        { key: 'quoting.quote', label: '报价单' },
        { key: 'sales.order', label: '销售订单' },
      ],
    },
  ],
  resources: {
    'quoting.quote': { label: '报价单', plural: '报价单', url: '', icon: 'quote', can: { create: true } },
    'sales.order': { label: '销售订单', plural: '销售订单', url: '', icon: 'order', can: {} },
  },
} as unknown as Meta
const recent: Entry = { url: '/w/doc/sales.order/3', label: 'SO-3', sub: '', icon: 'order' }
const draft = { edits: { title: '试验机' }, base: {}, version: null, title: '报价单（新）', at: '', device: '' }

describe('palette', () => {
  it('shows unfinished and recent work before anything is typed', () => {
    const groups = offer('', meta, [recent], { 'quoting.quote:new-1': draft }, [])
    expect(groups.map((group) => group.name)).toEqual(['drafts', 'recent', 'create'])
    expect(groups[0]?.entries[0]?.url).toBe('/w/doc/quoting.quote/new-1')
  })
  it('leaves out a new document into which nothing was typed', () => {
    expect(offer('', meta, [], { 'quoting.quote:new-1': { ...draft, edits: {} } }, []).map((group) => group.name)).toEqual(['create'])
  })
  it('finds lists, new documents and records', () => {
    const row = { _key: 'sales.order', id: 8, label: 'SO-8', sub: '宝钢', state: null }
    const groups = offer('报价', meta, [recent], {}, [row])
    expect(groups.map((group) => group.name)).toEqual(['found', 'lists', 'create'])
    expect(groups[0]?.entries[0]).toMatchObject({ url: '/w/doc/sales.order/8', sub: '销售订单 · 宝钢' })
  })
  it('offers to create only what the member may create', () => {
    expect(offer('销售订单', meta, [], {}, []).map((group) => group.name)).toEqual(['lists'])
  })
  it('remembers the latest first and each once', () => {
    const other = { ...recent, url: 'x' }
    expect(remembered([other, recent], recent).map((entry) => entry.url)).toEqual([recent.url, 'x'])
  })
})
