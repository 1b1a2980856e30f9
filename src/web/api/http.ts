import i18n from 'i18next'
import { wireLanguage } from '@/shared/i18n'
import { token } from '@/shared/text'
import { unattended } from './attended'
import { answered, answering } from './choosing'
import type { Problem, Values } from './types'

export class ApiError extends Error {
  /** The code of the latest refusal or fault, for whoever reports it. */
  static last = ''
  constructor(readonly problem: Problem) {
    super(problem.detail)
    ApiError.last = problem.code
  }
  get code() {
    return this.problem.code
  }
  get status() {
    return this.problem.status
  }
}

const trouble = (status: number, code: string): Problem => ({ title: code, status, code, detail: i18n.t(`trouble.${code}`) })

export const problemOf = (error: unknown): Problem =>
  error instanceof ApiError ? error.problem : { ...trouble(0, 'client'), title: error instanceof Error ? error.message : String(error) }

function csrf(): string {
  return /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ''
}

/** Answers still owed: the same request sent again meanwhile joins it, and after a lost connection it carries the same key. */
const underway = new Map<string, Promise<unknown>>()
const unanswered = new Map<string, string>()

async function problemFrom(answer: Response): Promise<Problem> {
  if (answer.headers.get('content-type')?.includes('json')) return (await answer.json()) as Problem
  return trouble(answer.status, answer.status === 404 ? 'not_found' : answer.status === 503 ? 'busy' : 'server')
}

async function send<T>(method: string, url: string, body: unknown, headers: Record<string, string>): Promise<T> {
  const form = body instanceof FormData
  let answer: Response
  try {
    answer = await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        'Accept-Language': wireLanguage(),
        ...(method === 'GET' ? {} : { 'X-CSRFToken': csrf() }),
        ...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }),
        ...(unattended() ? { 'X-Unattended': '1' } : {}),
        ...headers,
      },
      body: form ? body : body === undefined ? undefined : JSON.stringify(body),
    })
  } catch {
    throw new ApiError(trouble(0, 'offline'))
  }
  if (!answer.ok) {
    const problem = await problemFrom(answer)
    if (answer.status === 401) window.dispatchEvent(new CustomEvent('logged-out', { detail: problem.code }))
    throw new ApiError(problem)
  }
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

export const get = <T>(url: string) => send<T>('GET', url, undefined, {})

async function changeOnce<T>(method: string, url: string, body?: unknown): Promise<T> {
  const intent = body instanceof FormData ? token() : `${method} ${url} ${JSON.stringify(body)}`
  const pending = underway.get(intent)
  if (pending) return pending as Promise<T>
  const key = unanswered.get(intent) ?? token(24)
  unanswered.set(intent, key)
  const answer = send<T>(method, url, body, { 'Idempotency-Key': key })
  underway.set(intent, answer)
  try {
    const value = await answer
    unanswered.delete(intent)
    return value
  } catch (error) {
    if (error instanceof ApiError && error.status > 0 && error.status < 500) unanswered.delete(intent)
    throw error
  } finally {
    underway.delete(intent)
  }
}

/** A change; one that wants an answer first (who decides, what was checked) is sent again with it. */
async function change<T>(method: string, url: string, body?: unknown): Promise<T> {
  try {
    return await (method === 'DELETE' ? send<T>(method, url, body, {}) : changeOnce<T>(method, url, body))
  } catch (error) {
    const more = error instanceof ApiError ? await answered(error.problem) : null
    if (!more) throw error
    return change<T>(method, url, answering((body as Values | undefined) ?? {}, more))
  }
}

export const post = <T>(url: string, body?: unknown) => change<T>('POST', url, body)
export const patch = <T>(url: string, body: unknown) => change<T>('PATCH', url, body)
/** Doing these twice comes to the same, so they need no key. */
export const put = <T>(url: string, body: unknown) => send<T>('PUT', url, body, {})
export const del = <T = void>(url: string) => change<T>('DELETE', url)
/** A calculation without effect: no key, and a newer one may overtake it. */
export const compute = <T>(url: string, body: unknown) => send<T>('POST', url, body, {})

/** A file made of what is sent, such as a page as it would be printed. */
export async function bytes(url: string, body: unknown): Promise<Blob> {
  const headers = { 'Content-Type': 'application/json', 'Accept-Language': wireLanguage(), 'X-CSRFToken': csrf() }
  const answer = await fetch(url, { method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify(body) }).catch(() => null)
  if (!answer?.ok) throw new ApiError(answer ? await problemFrom(answer) : trouble(0, 'offline'))
  return answer.blob()
}

export async function upload(target: { method: string; url: string; headers: Record<string, string> }, file: File) {
  const headers = target.url.startsWith('/') ? { ...target.headers, 'X-CSRFToken': csrf() } : target.headers
  const answer = await fetch(target.url, { method: target.method, headers, body: file }).catch(() => null)
  if (answer?.ok) return
  const said = answer?.headers.get('content-type')?.includes('json') // ours says why, a storage service does not
  throw new ApiError(answer && said ? await problemFrom(answer) : trouble(answer?.status ?? 0, 'upload'))
}
