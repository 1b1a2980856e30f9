import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import { JobProgress } from '@/kit/exchange/JobProgress'
import { Part } from '@/kit/sheet/Sheet'
import { formatDateTime, formatSize } from '@/shared/format'
import { type CompanyData, type Kept, latest, refreshCompany, sent, URL } from './model'
import { useWork } from './useWork'

function Archived({ archive }: { archive: Kept }) {
  const { t } = useTranslation()
  const facts = [formatSize(archive.size), archive.by?.label, formatDateTime(archive.at)]
  return (
    <li>
      <span>
        <b>{archive.name}</b>
        <span className="soft">{facts.filter(Boolean).join(' · ')}</span>
      </span>
      <span className="soft">{t('company.keptUntil', { when: formatDateTime(archive.until) })}</span>
      <Button size="small" icon={<DownloadOutlined />} href={archive.url} download data-testid="company-archive">
        {t('company.download')}
      </Button>
    </li>
  )
}

export function Export({ data }: { data: CompanyData }) {
  const { t } = useTranslation()
  const { busy, work } = useWork()
  const job = latest(data, 'company_export')
  const live = job && ['queued', 'running'].includes(job.state)
  return (
    <Part title={t('company.export')} text={t('company.exportText')}>
      <div className="part__line">
        {live && <JobProgress id={job.id} onDone={() => void refreshCompany()} />}
        {!live && (
          <Button data-testid="company-export" loading={busy} onClick={() => void work(() => post(`${URL}export/`))}>
            {t('company.exportGo')}
          </Button>
        )}
        {job?.state === 'failed' && <span className="part__error">{job.message}</span>}
      </div>
      {data.archives.length > 0 && (
        <ul className="archives">
          {data.archives.map((one) => (
            <Archived key={one.id} archive={one} />
          ))}
        </ul>
      )}
    </Part>
  )
}

export function Import({ data }: { data: CompanyData }) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { busy, work } = useWork()
  const input = useRef<HTMLInputElement>(null)
  const job = latest(data, 'company_import')
  const live = job && ['queued', 'running'].includes(job.state)
  const send = async (file: File | undefined) => {
    if (!file) return
    await post(`${URL}import/`, { file: await sent(file, 'application/zip') })
  }
  return (
    <Part title={t('company.import')} text={t('company.importText')}>
      <div className="part__line">
        <input ref={input} type="file" accept=".zip" hidden onChange={(event) => void work(() => send(event.target.files?.[0]))} />
        {live && <JobProgress id={job.id} onDone={() => void Promise.all([refreshCompany(), refreshAll([])])} />}
        {!live && (
          <Button loading={busy} disabled={company.read_only} onClick={() => input.current?.click()}>
            {t('company.importGo')}
          </Button>
        )}
        {job?.state === 'failed' && <span className="part__error">{job.message}</span>}
      </div>
    </Part>
  )
}
