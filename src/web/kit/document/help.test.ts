import { beforeEach, describe, expect, it } from 'vitest'
import { useDrafts } from '@/workspace/drafts'
import { openTab, useTabs } from '@/workspace/tabs'
import { follow, readHelp } from './help'
import { takePending } from './pending'

beforeEach(() => {
  useTabs.setState({ tabs: [{ key: '/w/home', url: '/w/home' }], active: '/w/home' })
  useDrafts.setState({ drafts: {} })
})

describe('what a refusal suggests', () => {
  it('reads what it is about', () => {
    expect(readHelp({ label: '', action: 'contracts.contract.receive', values: { id: 4, amount: '5' } })).toEqual({
      key: 'contracts.contract',
      verb: 'receive',
      id: 4,
      values: { amount: '5' },
    })
  })
  it('opens a document with the verb waiting, filled in, and once only', () => {
    follow({ label: '登记收款', action: 'contracts.contract.receive', values: { id: 4, amount: '5' } })
    expect(useTabs.getState().active).toBe('/w/doc/contracts.contract/4')
    expect(takePending('contracts.contract 4')).toMatchObject({ verb: 'receive', values: { amount: '5' } })
    expect(takePending('contracts.contract 4')).toBeUndefined()
  })
  it('comes back when the verb has been carried out', () => {
    let settled = false
    openTab('/w/doc/logistics.delivery/7')
    follow({ label: '登记收款', action: 'contracts.contract.receive', values: { id: 4 } }, () => {
      settled = true
    })
    takePending('contracts.contract 4')?.done()
    expect(useTabs.getState().active).toBe('/w/doc/logistics.delivery/7')
    expect(settled).toBe(true)
  })
  it('opens a new document with lines to go on with', () => {
    follow({ label: '登记收款', action: 'finance.receipt.create', values: { customer: 5, lines: [{ due: 3 }] } })
    const [draft] = Object.values(useDrafts.getState().drafts)
    expect(draft?.edits).toMatchObject({ customer: 5, lines: [{ due: 3 }] })
    expect(useTabs.getState().active).toMatch(/^\/w\/doc\/finance\.receipt\/new-/)
  })
  it('only looks where it says open', () => {
    follow({ label: '', action: 'contracts.contract.open', values: { id: 4 } })
    expect(takePending('contracts.contract 4')).toBeUndefined()
  })
})
