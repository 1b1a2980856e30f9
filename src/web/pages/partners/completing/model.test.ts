import { describe, expect, it } from 'vitest'
import { FILLS, offersOf, personOffers, valuesOf, withPeople } from './model'

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

describe('the person on a card', () => {
  const card = { name: '王小明', job: '采购经理', mobile: '138 1234 5678', email: 'W@shence.cn' }
  const shown = (rows: { _k: string; name?: string; phone?: string; job?: string }[]) => rows.map((row) => ({ row, cells: row }))
  const added = { name: '王小明', job: '采购经理', phone: '138 1234 5678', email: 'W@shence.cn' }

  it('becomes the first and main contact in the place of the blank line', () => {
    const blank = [{ _k: 'first' }]
    expect(withPeople(blank, personOffers(card, shown(blank))).map(({ _k, ...cells }) => cells)).toEqual([{ ...added, main: true }])
  })
  it('comes after those that are there, and nothing is written that was not taken', () => {
    const rows = [{ _k: 'a', name: '李雷' }]
    const offers = personOffers(card, shown(rows))
    expect(withPeople(rows, offers).map((row) => row.name)).toEqual(['李雷', '王小明'])
    expect(
      withPeople(
        rows,
        offers.map((one) => ({ ...one, taken: false })),
      ),
    ).toEqual(rows)
  })
  it('is not doubled: the line of the same name gets what it lacks, and keeps what it has', () => {
    const rows = [{ _k: 'a', name: '王 小明', phone: '021-55551234' }]
    const offers = personOffers(card, shown(rows))
    expect(offers.map((one) => [one.name, one.taken])).toEqual([
      ['job', true],
      ['phone', false],
      ['email', true],
    ])
    expect(withPeople(rows, offers)).toEqual([{ ...rows[0], job: '采购经理', email: 'W@shence.cn' }])
  })
  it('is known by the mobile number, too, and a card of a company alone adds nobody', () => {
    expect(personOffers(card, shown([{ _k: 'a', name: '小王', phone: '+86 13812345678' }])).map((one) => one.line?.key)).not.toContain(null)
    expect(personOffers({ company: '申测' }, shown([]))).toEqual([])
    expect(personOffers(card, undefined)).toEqual([])
  })
})
