import { DownloadOutlined } from '@ant-design/icons'
import { Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { refreshAll, usePages } from '@/api/queries'
import type { Job } from '@/api/types'
import { JobProgress } from '@/kit/exchange/JobProgress'
import { useUndo } from '@/kit/exchange/useUndo'
import { formatAgo, formatNumber } from '@/shared/format'
import { More } from '@/shared/More'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import './jobs.css'

const COLOURS = { queued: 'default', running: 'blue', done: 'green', failed: 'red', cancelled: 'default' } as const
const LIVE = ['queued', 'running']
const COUNTS = ['rows', 'created', 'updated', 'failed'] as const

function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation()
  const undo = useUndo(job.id)
  const { file, undo: undoable } = job.result ?? {}
  const live = LIVE.includes(job.state)
  const counts = COUNTS.filter((name) => typeof job.result?.[name] === 'number').map((name) =>
    t(`job.${name}`, { count: Number(job.result[name]), shown: formatNumber(job.result[name]) }),
  )
  return (
    <li data-testid="job-row">
      <div className="jobs__head">
        <b>{job.label}</b>
        <Tag color={COLOURS[job.state]}>{t(`job.state.${job.state}`)}</Tag>
        <time dateTime={job.created_at}>{formatAgo(job.created_at)}</time>
      </div>
      {live && <JobProgress id={job.id} onDone={() => void refreshAll()} />}
      <p className="soft">
        {!live && job.message} {counts.join(' · ')}
      </p>
      {undo.problem && <p className="field__error">{undo.problem}</p>}
      {undo.running && !undo.verdict && <JobProgress id={undo.running} onDone={undo.ended} />}
      {undo.verdict && <p data-testid="undone">{undo.verdict}</p>}
      <div className="jobs__tools">
        {file && (
          <Button size="small" icon={<DownloadOutlined />} href={file} download>
            {t('export.download')}
          </Button>
        )}
        {undoable === true && !undo.running && (
          <Button size="small" data-testid="undo" onClick={() => void undo.start()}>
            {t('import.undo')}
          </Button>
        )}
      </div>
    </li>
  )
}

/** What runs or ran in the background for this member, with its results. */
export default function JobsPage() {
  const { t } = useTranslation()
  const pages = usePages<Job>('jobs', '/api/v1/jobs/')
  const { data, error, isPending } = pages
  if (error) return <Trouble title={problemOf(error).detail} />
  const jobs = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div className="jobs">
      <h1>{t('page.jobs')}</h1>
      <section className="panel">
        {isPending && <Waiting />}
        {!isPending && jobs.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('job.none')} />}
        <ul>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
        <More pages={pages} />
      </section>
    </div>
  )
}
