import { expect, it } from 'vitest'
import { inserted, readable } from './model'

const names = [
  { name: 'total', label: 'Total', type: 'money' },
  { name: 'customer.grade', label: 'Grade', type: 'choice', options: [{ value: 'a', label: 'Key account' }] },
]

it('reads with labels instead of names and words instead of codes', () => {
  expect(readable('total > 1000 and customer.grade == "a"', names)).toBe('Total > 1000 且 Grade = Key account')
})
it('leaves what it does not know', () => expect(readable('ABS(margin) < 3', names)).toBe('ABS(margin) < 3'))
it('puts a word at the cursor, apart from its neighbours', () => {
  expect(inserted('total >', 7, 7, 'limit')).toEqual({ text: 'total > limit', cursor: 13 })
  expect(inserted('(a)', 1, 2, 'b')).toEqual({ text: '(b)', cursor: 2 })
})
