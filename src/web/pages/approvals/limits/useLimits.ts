import { useQuery } from '@tanstack/react-query'
import { del, get, patch, post, problemOf } from '@/api/http'
import { queryClient, useLookup, useMeta } from '@/api/queries'
import type { Rows } from '@/api/types'
import { useKinds } from '../designer/useFlow'
import type { Limit, Step } from './model'

const MOST = 200
const KEY = ['limits']

async function allOf(url: string): Promise<Limit[]> {
  const found: Limit[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Rows<Limit> = await get(`${url}?limit=${MOST}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    found.push(...page.rows)
    cursor = page.next
  }
  return found
}

/** Every limit, every position, and the document types that limits may be set for. */
export function useLimits() {
  const { resources } = useMeta()
  const url = resources['approvals.limit']?.url ?? ''
  const { data: limits, error } = useQuery({ queryKey: KEY, queryFn: () => allOf(url), enabled: !!url })
  const { data: seats } = useLookup(resources['organization.position']?.url, `limit=${MOST}`, true)
  const { data: kinds } = useKinds()
  const offered = kinds?.rows.map(({ resource, label }) => ({ value: resource, label }))
  const usual = (kinds?.rows ?? []).filter(({ verbs }) => verbs.some((verb) => verb.usual)).map(({ resource }) => resource)
  return { limits, positions: seats?.rows, offered, usual, error, again: () => queryClient.invalidateQueries({ queryKey: KEY }) }
}

/** Writes one after the other; what is refused is told at its cell and the rest goes on. */
export async function writeSteps(url: string, steps: Step[]): Promise<Record<string, Record<string, string>>> {
  const refused: Record<string, Record<string, string>> = {}
  for (const { row, resource, limit, values } of steps) {
    try {
      if (!limit) await post(url, values)
      else if (values) await patch(`${url}${limit.id}/`, { ...values, version: limit.version })
      else await del(`${url}${limit.id}/`)
    } catch (error) {
      const { detail, errors } = problemOf(error)
      refused[row] = { ...refused[row], [resource]: errors?.[0]?.detail ?? detail }
    }
  }
  return refused
}
