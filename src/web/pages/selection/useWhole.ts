import { useState } from 'react'
import { compute, problemOf } from '@/api/http'
import type { Job } from '@/api/types'
import type { Report } from './Analysis'
import type { Table } from './cells'

/** Looking at every value of a table takes a job where it is large; its report counts until the table is another one. */
export function useWhole(asked: string) {
  const [job, setJob] = useState<{ id: Job['id']; of: string } | null>(null)
  const [found, setFound] = useState<{ report: Report; of: string } | null>(null)
  const [trouble, setTrouble] = useState('')
  const start = async () => {
    setTrouble('')
    try {
      const body = { table: JSON.parse(asked) as Table, whole: true }
      const made = await compute<{ job: Job }>('/api/v1/selection/rule-sets/analyse/', body)
      setJob({ id: made.job.id, of: asked })
    } catch (error) {
      setTrouble(problemOf(error).detail)
    }
  }
  const ended = ({ state, message, result }: Job) => {
    if (state === 'done' && job) setFound({ report: result.report as Report, of: job.of })
    if (state === 'failed') setTrouble(message)
    setJob(null)
  }
  return { start, ended, trouble, job: job?.of === asked ? job.id : null, report: found?.of === asked ? found.report : null }
}
export type Whole = ReturnType<typeof useWhole>
