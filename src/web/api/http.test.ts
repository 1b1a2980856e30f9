import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, compute, get, patch, post, problemOf } from './http'

type Answer = { status: number; body?: object } | 'lost'
let answers: Answer[] = []
const calls: { method: string; url: string; headers: Record<string, string> }[] = []

beforeEach(() => {
  calls.length = 0
  vi.stubGlobal('fetch', async (url: string, init: { method: string; headers: Record<string, string> }) => {
    calls.push({ url, method: init.method, headers: init.headers })
    const answer = answers.shift() ?? { status: 200, body: {} }
    if (answer === 'lost') throw new TypeError('network')
    return new Response(JSON.stringify(answer.body ?? {}), {
      status: answer.status,
      headers: { 'content-type': 'application/problem+json' },
    })
  })
})
afterEach(() => vi.unstubAllGlobals())

const keys = () => calls.map((call) => call.headers['Idempotency-Key'])

describe('once only', () => {
  it('joins a second click to the first', async () => {
    answers = [{ status: 201, body: { id: 1 } }]
    const [first, second] = await Promise.all([post('/x/', { a: 1 }), post('/x/', { a: 1 })])
    expect(first).toBe(second)
    expect(calls).toHaveLength(1)
  })
  it('repeats a lost request under the same key', async () => {
    answers = ['lost', { status: 201 }]
    await expect(post('/lost/', { a: 1 })).rejects.toMatchObject({ code: 'offline' })
    await post('/lost/', { a: 1 })
    expect(keys()[0]).toBe(keys()[1])
  })
  it('keeps the key when the server broke down, as nobody knows how far it came', async () => {
    answers = [{ status: 503, body: { status: 503, code: 'busy', detail: '' } }, { status: 200 }]
    await expect(patch('/busy/', { a: 1 })).rejects.toBeInstanceOf(ApiError)
    await patch('/busy/', { a: 1 })
    expect(keys()[0]).toBe(keys()[1])
  })
  it('takes a new key after a refusal, and for other input', async () => {
    answers = [{ status: 422, body: { status: 422, code: 'invalid', detail: '' } }, { status: 201 }, { status: 201 }]
    await expect(post('/refused/', { a: 1 })).rejects.toMatchObject({ code: 'invalid' })
    await post('/refused/', { a: 1 })
    await post('/refused/', { a: 2 })
    expect(new Set(keys()).size).toBe(3)
  })
  it('sends no key for what changes nothing', async () => {
    await get('/list/')
    await compute('/preview/', {})
    expect(keys()).toEqual([undefined, undefined])
  })
})

describe('refusals', () => {
  it('carries the problem as it came', async () => {
    const body = {
      status: 409,
      code: 'deposit_missing',
      detail: '还差 69,300.00 元',
      help: [{ label: '登记收款', action: 'finance.receipt.create' }],
    }
    answers = [{ status: 409, body }]
    const error = await post('/orders/1/release/', {}).catch((reason: unknown) => reason)
    expect(problemOf(error)).toEqual(body)
  })
  it('tells when the log-in has ended', async () => {
    const told = vi.fn()
    window.addEventListener('logged-out', told, { once: true })
    answers = [{ status: 401, body: { status: 401, code: 'not_authenticated', detail: '' } }]
    await expect(get('/meta/')).rejects.toBeInstanceOf(ApiError)
    expect(told).toHaveBeenCalledOnce()
  })
  it('asks in the language on screen', async () => {
    await get('/x/')
    expect(calls[0]?.headers['Accept-Language']).toBe('zh-hans')
  })
})
