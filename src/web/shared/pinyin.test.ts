import { expect, test } from 'vitest'
import { fits, initials, loadSyllables } from './pinyin'

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

test('a name is found by its whole pinyin as well', async () => {
  expect(fits('张伟', 'zw')).toBe(true)
  await loadSyllables()
  expect(['zhangwei', 'zw', 'wei zhang', '张', 'gwe'].map((typed) => fits('张伟', typed))).toEqual([true, true, true, true, true])
  expect(
    ['吕绿女', '欧阳', '地区经理', '阿做'].map((name, at) => fits(name, ['lvlvnv', 'ouyang', 'diqujingli', 'azuo'][at] ?? '-')),
  ).toEqual(Array(4).fill(true))
  expect(fits('张伟', 'zhangmin')).toBe(false)
})
