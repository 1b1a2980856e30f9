import { DownloadOutlined } from '@ant-design/icons'
import { Button, Empty, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, usePages } from '@/api/queries'
import type { Job } from '@/api/types'
import { formatAgo, formatNumber } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import './jobs.css'

const URL = '/api/v1/jobs/'
const COLOURS = { queued: 'default', running: 'blue', done: 'green', failed: 'red', cancelled: 'default' } as const
const LIVE = ['queued', 'running']
const refresh = () => queryClient.invalidateQueries({ queryKey: ['jobs'] })

function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState('')
  const call = (verb: string) =>
    post(`${URL}${job.id}/${verb}/`)
      .then(refresh)
      .catch((error: unknown) => setProblem(problemOf(error).detail))
  const { rows, created, updated, failed, file, undo } = job.result ?? {}
  const counts = [
    ['rows', rows],
    ['created', created],
    ['updated', updated],
    ['failed', failed],
  ] as const
  return (
    <li>
      <div className="jobs__head">
        <b>{job.label}</b>
        <Tag color={COLOURS[job.state]}>{t(`job.state.${job.state}`)}</Tag>
        <time dateTime={job.created_at}>{formatAgo(job.created_at)}</time>
      </div>
      {LIVE.includes(job.state) && <Progress size="small" percent={job.total ? Math.floor((job.done / job.total) * 100) : 0} />}
      <p className="soft">
        {job.message}{' '}
        {counts
          .filter(([, value]) => typeof value === 'number')
          .map(([name, value]) => t(`job.${name}`, { count: Number(value), shown: formatNumber(value) }))
          .join(' · ')}
      </p>
      {problem && <p className="field__error">{problem}</p>}
      <div className="jobs__tools">
        {file && (
          <Button size="small" icon={<DownloadOutlined />} href={file} download>
            {t('export.download')}
          </Button>
        )}
        {undo === true && (
          <Button size="small" onClick={() => void call('undo')}>
            {t('import.undo')}
          </Button>
        )}
        {LIVE.includes(job.state) && (
          <Button size="small" onClick={() => void call('cancel')}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** What runs or ran in the background for this member, with its results. */
export default function JobsPage() {
  const { t } = useTranslation()
  const { data, isPending } = usePages<Job>('jobs', URL)
  const jobs = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div className="jobs">
      <h1>{t('page.jobs')}</h1>
      <section className="panel">
        {!isPending && jobs.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('job.none')} />}
        <ul>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      </section>
    </div>
  )
}
