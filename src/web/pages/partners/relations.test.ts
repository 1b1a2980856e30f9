import { describe, expect, it } from 'vitest'
import { HEIGHT, places, WIDTH } from './relations'

const person = (id: number, above?: number) => ({ id, name: `P${id}`, reports_to: above ? { id: above, label: '' } : null })

describe('the relation map', () => {
  it('puts people below whom they report to, side by side', () => {
    const at = places([person(1), person(2, 1), person(3, 1)])
    expect(at.get('2')).toEqual({ x: 0, y: HEIGHT })
    expect(at.get('3')).toEqual({ x: WIDTH, y: HEIGHT })
    expect(at.get('1')).toEqual({ x: WIDTH / 2, y: 0 })
  })
  it('puts whoever stands alone in rows below, no wider than the rest', () => {
    const at = places([person(1), person(2, 1), person(3, 1), person(4), person(5), person(6)])
    expect([at.get('4'), at.get('5'), at.get('6')]).toEqual([
      { x: 0, y: 2 * HEIGHT },
      { x: WIDTH, y: 2 * HEIGHT },
      { x: 0, y: 3 * HEIGHT },
    ])
  })
  it('draws a circle, and people whose superior is not shown', () => {
    const at = places([person(1, 2), person(2, 1), person(3, 99)])
    expect([...at.keys()].sort()).toEqual(['1', '2', '3'])
  })
})
