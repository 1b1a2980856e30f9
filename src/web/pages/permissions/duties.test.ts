import { expect, test } from 'vitest'
import { kept, switched, without } from './duties'

const pair = { first: 'a.b.c', second: 'd.e.f', why: 'x', on: true }

test('pairs of the product are switched by name, own ones where they stand', () => {
  const shipped = { name: 'p.q.r s.t.u', own: false }
  const off = switched({}, shipped, false)
  expect(off).toEqual({ off: ['p.q.r s.t.u'], own: [] })
  expect(switched(off, shipped, true)).toEqual({ off: [], own: [] })
  expect(switched({ own: [pair] }, { name: 'a.b.c d.e.f', own: true }, false).own?.[0]?.on).toBe(false)
})

test('an own pair is added, changed in its place, taken away', () => {
  const added = kept({ off: ['x'] }, pair, '')
  expect(added).toEqual({ off: ['x'], own: [pair] })
  const changed = kept(added, { ...pair, second: 'g.h.i' }, 'a.b.c d.e.f')
  expect(changed.own?.map((one) => one.second)).toEqual(['g.h.i'])
  expect(without(changed, 'a.b.c g.h.i').own).toEqual([])
})
