import { describe, expect, it } from 'vitest'
import type { Message } from '@/workspace/messages'
import { needsReason, neighbour } from './model'

describe('the inbox', () => {
  it('walks down and up and stays at its ends', () => {
    expect(neighbour([7, 8, 9], null, 1)).toBe(7)
    expect(neighbour([7, 8, 9], 8, 1)).toBe(9)
    expect(neighbour([7, 8, 9], 9, 1)).toBe(9)
    expect(neighbour([7, 8, 9], 7, -1)).toBe(7)
    expect(neighbour([], 7, -1)).toBeNull()
  })
  it('asks why only where somebody waits', () => {
    const of = (kind: Message['kind']) => ({ kind }) as Message
    expect(needsReason([of('mention'), of('job')])).toBe(false)
    expect(needsReason([of('mention'), of('alert')])).toBe(true)
  })
})
