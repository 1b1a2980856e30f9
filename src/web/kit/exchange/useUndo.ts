import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Job } from '@/api/types'

/** Taking back an import is a job of its own, which is watched to its end. */
export function useUndo(job: Job['id']) {
  const { t } = useTranslation()
  const [running, setRunning] = useState<Job['id'] | null>(null)
  const [verdict, setVerdict] = useState('')
  const [problem, setProblem] = useState('')
  const start = async () => {
    setProblem('')
    try {
      setRunning((await post<{ job: Job }>(`/api/v1/jobs/${job}/undo/`)).job.id)
    } catch (error) {
      setProblem(problemOf(error).detail)
    }
  }
  const ended = ({ state, message }: Job) => {
    if (state === 'done') setVerdict(message || t('import.undone'))
    void refreshAll()
  }
  return { start, running, ended, verdict, problem }
}
