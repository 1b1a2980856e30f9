import { Alert, Button, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { queryClient, useJob } from '@/api/queries'
import type { Job } from '@/api/types'
import { formatNumber } from '@/shared/format'

/** A job under way; `onDone` is called once, however it ends. */
export function JobProgress({ id, onDone }: { id: Job['id']; onDone: (job: Job) => void }) {
  const { t } = useTranslation()
  const { data: job } = useJob(id)
  const told = useRef(false)
  const ended = job && !['queued', 'running'].includes(job.state)
  useEffect(() => {
    if (!ended || told.current) return
    told.current = true
    onDone(job)
  }, [ended, job, onDone])
  if (!job) return <Progress percent={0} status="active" />
  if (job.state === 'failed') return <Alert type="error" showIcon title={job.message || t('job.broken')} />
  if (job.state === 'cancelled') return <Alert type="info" showIcon title={t('job.cancelled')} />
  const cancel = async () => {
    await post(`/api/v1/jobs/${id}/cancel/`)
    await queryClient.invalidateQueries({ queryKey: ['job', id] })
  }
  return (
    <div className="job" data-testid="job">
      <Progress percent={ended ? 100 : job.total ? Math.floor((job.done / job.total) * 100) : 0} status={ended ? 'success' : 'active'} />
      <p className="soft">
        {!ended && (job.message || t('job.progress', { done: formatNumber(job.done), total: formatNumber(job.total) }))}
        {!ended && (
          <Button type="link" size="small" onClick={() => void cancel()}>
            {t('cancel')}
          </Button>
        )}
      </p>
    </div>
  )
}
