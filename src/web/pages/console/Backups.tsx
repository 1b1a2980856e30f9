import { DownloadOutlined } from '@ant-design/icons'
import { Button, Empty } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshAll } from '@/api/queries'
import { JobProgress } from '@/kit/exchange/JobProgress'
import { formatAgo, formatDateTime, formatNumber, formatSize } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import type { Care } from './model'

const COLOURS = { queued: 'default', running: 'blue', done: 'green', failed: 'red', cancelled: 'default' } as const
const FEW = 5

function Work({ job }: { job: Care['jobs'][number] }) {
  const { t } = useTranslation()
  const live = ['queued', 'running'].includes(job.state)
  const { file, url } = job.result as { file?: string; url?: string }
  return (
    <li data-testid="work">
      <span className="care__line">
        <b>{job.label}</b>
        <Tag color={COLOURS[job.state]}>{t(`job.state.${job.state}`)}</Tag>
        <time className="soft" dateTime={job.created_at}>
          {formatAgo(job.created_at)}
        </time>
        {job.mine && file && (
          <Button size="small" icon={<DownloadOutlined />} href={file} download data-testid="archive-file">
            {t('export.download')}
          </Button>
        )}
        {url && (
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>
        )}
      </span>
      {live && job.mine && <JobProgress id={job.id} onDone={() => void refreshAll()} />}
      {!live && job.message && <p className={job.state === 'failed' ? 'field__error' : 'soft'}>{job.message}</p>}
    </li>
  )
}

/** A company's backups, the copies that were made of it, and the work that runs on it as a whole. */
export function Backups({ care }: { care: Care }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? care.backups : care.backups.slice(0, FEW)
  return (
    <section className="panel section" data-testid="backups">
      <h2>{t('console.backups')}</h2>
      {care.closed && <Tag color="orange">{t('console.closed')}</Tag>}
      <ul className="care__rows">
        {care.jobs.map((job) => (
          <Work key={job.id} job={job} />
        ))}
      </ul>
      {care.backups.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('console.noBackup')} />
      ) : (
        <ol className="care__rows">
          {shown.map((one) => (
            <li key={one.id} className="care__line" data-testid="backup">
              <b className="num">{formatDateTime(one.taken_at)}</b>
              <span className="soft">
                {t('console.backupHolds', { rows: formatNumber(one.rows), files: formatNumber(one.files), size: formatSize(one.size) })}
              </span>
            </li>
          ))}
        </ol>
      )}
      {care.backups.length > FEW && (
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {t(all ? 'console.fewer' : 'console.allBackups', { count: care.backups.length })}
        </Button>
      )}
      {care.next_backup && <p className="soft">{t('console.nextBackup', { when: formatDateTime(care.next_backup) })}</p>}
      {care.copies.length > 0 && (
        <p className="care__line" data-testid="copies">
          {t('console.copies')}
          {care.copies.map((one) => (
            <TabLink key={one.id} to={docUrl(one._key, one.id)}>
              {one.slug}
            </TabLink>
          ))}
        </p>
      )}
    </section>
  )
}
