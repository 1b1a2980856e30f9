import { useState } from 'react'
import { answered, answering } from '@/api/choosing'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Description, Job, Problem, Values } from '@/api/types'
import { asking, type BulkRow, triedAgain } from './bulk'
import type { Selected } from './ListPage'

interface Waiting {
  id: Job['id']
  ended: (job: Job) => void
}

/** One verb on many documents, by a worker when they are many; who decides and what was checked is asked where that is wanted. */
export function useBulk({ url }: Description, verb: string, selected: Selected) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [rows, setRows] = useState<BulkRow[] | null>(null)
  const [busy, setBusy] = useState(false)
  const [job, setJob] = useState<Waiting | null>(null)

  const send = async (ids: BulkRow['id'][], values: Values): Promise<BulkRow[]> => {
    const sent = ids.map((id) => ({ id, version: selected.get(id)?.version }))
    const reply = await post<{ results: BulkRow[] } | { job: Job }>(`${url}bulk/`, { verb, ids: sent, values })
    if ('results' in reply) return reply.results
    const { result } = await new Promise<Job>((done) => {
      const ended = (told: Job) => (told.state === 'done' ? done(told) : void refreshAll())
      setJob({ id: reply.job.id, ended })
    })
    setJob(null)
    return (result as unknown as { results: BulkRow[] }).results
  }

  /** Those that want an answer first are tried again with it, those with the same question together. */
  const settled = async (told: BulkRow[], values: Values): Promise<BulkRow[]> => {
    let found = told
    for (const some of asking(told)) {
      const more = await answered(
        some[0] ?? {},
        some.map(({ label }) => label),
      )
      if (!more) continue
      const next = answering(values, more)
      const ids = some.map(({ id }) => id)
      found = triedAgain(found, await settled(await send(ids, next), next))
    }
    return found
  }

  const run = async (values: Values) => {
    setBusy(true)
    setProblem(null)
    try {
      setRows(await settled(await send([...selected.keys()], values), values))
      await refreshAll()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return { run, rows, problem, busy, job }
}
