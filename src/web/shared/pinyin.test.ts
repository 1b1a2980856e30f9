import { expect, test } from 'vitest'
import { fits, initials } from './pinyin'

test('initials of Chinese characters', () => {
  expect(initials('客户')).toBe('kh')
  expect(initials('阿里做 Z-2')).toBe('alz Z-2')
})

test('a name is found as it is written and by initials, word by word', () => {
  expect(fits('销售机会 crm.opportunity', 'xsjh')).toBe(true)
  expect(fits('销售机会', '销 jh')).toBe(true)
  expect(fits('销售机会', 'hj')).toBe(false)
  expect(fits('Quotes', '')).toBe(true)
  expect(fits('报价 Q-1', 'q-1')).toBe(true)
})
