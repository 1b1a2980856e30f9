import { describe, expect, it } from 'vitest'
import { covers, documentOf, loose, outcomeOf, patternsOf, pretty, ticked } from './model'

describe('events of a webhook', () => {
  it('are separated by spaces', () => expect(patternsOf(' a.b.c  d.e.* ')).toEqual(['a.b.c', 'd.e.*']))
  it.each([
    [['a.b.c', 'a.bx.c'], 'a.b.*', true, ['a.bx.c', 'a.b.*']],
    [['a.b.c', 'd.e.*'], '*', true, ['*']],
    [['a.b.*', 'd.e.f'], 'a.b.*', false, ['d.e.f']],
    [['a.b.c'], 'a.b.c', true, ['a.b.c']],
  ] as const)('%j, %s: %j', (before, pattern, on, after) => expect(ticked([...before], pattern, on)).toEqual(after))
  it.each([
    [['a.b.*'], 'a.b.c', 'wider'],
    [['a.*'], 'a.b.*', 'wider'],
    [['*'], 'a.b.c', 'wider'],
    [['a.b.c'], 'a.b.c', 'own'],
    [['a.bx.*'], 'a.b.c', null],
  ] as const)('%j covers %s: %s', (patterns, pattern, how) => expect(covers([...patterns], pattern)).toBe(how))
  it('that no tick stands for stay to be seen', () =>
    expect(loose(['*', 'a.*', 'a.b.c', 'a.b.*'], [{ key: 'a.b', label: '', events: [{ kind: 'a.b.c', label: '' }] }])).toEqual(['a.*']))
})

describe('a delivery', () => {
  const row = { id: 1, kind: '', attempts: 1, status: 500, answer: '', body: '', created_at: '', delivered_at: null, next_at: null }
  it.each([
    [{}, 'failed'],
    [{ next_at: '2026' }, 'waiting'],
    [{ delivered_at: '2026' }, 'delivered'],
    [{ delivered_at: '2026', next_at: '2026' }, 'waiting'],
  ] as const)('%j: %s', (more, outcome) => expect(outcomeOf({ ...row, ...more })).toBe(outcome))
  it('shows what is no JSON as it is', () => expect([pretty('{"a":1}'), pretty('<html>')]).toEqual(['{\n  "a": 1\n}', '<html>']))
  it('names its document', () =>
    expect([documentOf('{"document":{"_key":"a.b","id":1,"label":"x"}}'), documentOf('')]).toEqual([
      { _key: 'a.b', id: 1, label: 'x' },
      null,
    ]))
})
