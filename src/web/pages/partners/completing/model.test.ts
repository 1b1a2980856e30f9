import { describe, expect, it } from 'vitest'
import { FILLS, offersOf, valuesOf } from './model'

describe('what a card offers to a form', () => {
  const now = (name: string) => ({ name: '申测', phone: '021-55551234', email: null })[name]
  const found = { company: '上海申测仪器有限公司', name: '王小明', mobile: '13812345678', phone: '021-55551234', email: 'w@shence.cn' }

  it('fills what is empty, and asks before it replaces anything', () => {
    const offers = offersOf(FILLS['crm.lead'] ?? {}, found, now)
    expect(offers.map((one) => [one.name, one.taken])).toEqual([
      ['name', false],
      ['contact_name', true],
      ['phone', false],
      ['email', true],
    ])
    expect(valuesOf(offers)).toEqual({ contact_name: '王小明', email: 'w@shence.cn' })
  })
  it('offers nothing that is there already', () => {
    expect(offersOf(FILLS['partners.partner'] ?? {}, { phone: '021-55551234', company: '申测' }, now)).toEqual([])
  })
})
