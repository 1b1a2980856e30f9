import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { post, upload } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { JobProgress } from '@/kit/exchange/JobProgress'
import { Part } from '@/kit/sheet/Sheet'
import { formatAgo } from '@/shared/format'
import { type CompanyData, latest, refreshCompany, URL } from './model'
import { useWork } from './useWork'

interface Place {
  id: Id
  upload: { method: string; url: string; headers: Record<string, string> }
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
        {job?.state === 'done' && job.result.file && (
          <Button icon={<DownloadOutlined />} href={job.result.file} download data-testid="company-archive">
            {t('company.download', { when: formatAgo(job.created_at) })}
          </Button>
        )}
      </div>
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
    const place = await post<Place>('/api/v1/files/', { name: file.name, size: file.size, type: 'application/zip' })
    await upload(place.upload, file)
    await post(`${URL}import/`, { file: place.id })
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
