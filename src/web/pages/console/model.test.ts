import { describe, expect, it } from 'vitest'
import { details, span } from './model'

describe('a span of time', () => {
  it('is told in its largest unit', () => {
    expect(span(0)).toEqual({ unit: 'second', n: 0 })
    expect(span(59)).toEqual({ unit: 'second', n: 59 })
    expect(span(60)).toEqual({ unit: 'minute', n: 1 })
    expect(span(7199)).toEqual({ unit: 'hour', n: 1 })
    expect(span(200_000)).toEqual({ unit: 'day', n: 2 })
  })
})

describe('details of a line of the log', () => {
  it('leave out what is empty', () => {
    expect(details({ state: 'done', rows: 5, fields: [], code: '' }, (name) => name)).toBe('state: done · rows: 5')
    expect(details({ fields: ['roles', 'state'] }, (name) => name)).toBe('fields: roles, state')
  })
})
