import { expect, it } from 'vitest'
import { type Card, stepped, total } from './model'

const card = (amount: string | null) => ({ amount }) as Card

it('adds up exactly, and leaves out what has no amount', () => {
  expect(total([card('0.10'), card('0.20'), card(null)])).toBe('0.30')
  expect(total([card(null)])).toBeNull()
})
it('walks along the cards and stops at the ends', () => {
  expect(stepped([7, 8], null, 1)).toBe(7)
  expect(stepped([7, 8], 7, 1)).toBe(8)
  expect(stepped([7, 8], 8, 1)).toBe(8)
  expect(stepped([7, 8], 7, -1)).toBe(7)
  expect(stepped([], null, 1)).toBeNull()
})
