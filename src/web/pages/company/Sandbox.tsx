import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, get, post } from '@/api/http'
import { JobProgress } from '@/kit/exchange/JobProgress'
import { Part } from '@/kit/sheet/Sheet'
import { Differences } from './Differences'
import { type CompanyData, latest, refreshCompany, URL } from './model'
import { useWork } from './useWork'

export function Sandbox({ data }: { data: CompanyData }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { busy, work } = useWork()
  const [comparing, setComparing] = useState(false)
  const job = latest(data, 'sandbox')
  const live = job && ['queued', 'running'].includes(job.state)
  const make = async () => {
    if (data.sandbox && !(await modal.confirm({ title: t('company.sandboxAgainSure') }))) return
    await work(() => post(`${URL}sandbox/`))
  }
  const discard = async () => {
    if (await modal.confirm({ title: t('company.sandboxGoneSure'), okButtonProps: { danger: true } }))
      await work(() => del(`${URL}sandbox/`))
  }
  return (
    <Part title={t('company.sandbox')} text={t('company.sandboxText')}>
      <div className="part__line">
        {live && <JobProgress id={job.id} onDone={() => void refreshCompany()} />}
        {!live && (
          <Button data-testid="sandbox-make" loading={busy} onClick={() => void make()}>
            {t(data.sandbox ? 'company.sandboxAgain' : 'company.sandboxGo')}
          </Button>
        )}
        {job?.state === 'failed' && <span className="part__error">{job.message}</span>}
        {!live && data.sandbox && (
          <>
            <Button href={data.sandbox.url} target="_blank" data-testid="sandbox-open">
              {data.sandbox.slug}
            </Button>
            <Button data-testid="sandbox-compare" onClick={() => setComparing(true)}>
              {t('company.compare')}
            </Button>
            <Button danger onClick={() => void discard()}>
              {t('company.sandboxGone')}
            </Button>
          </>
        )}
        {comparing && (
          <Differences
            title={t('company.compare')}
            name="sandbox"
            load={() => get(`${URL}promotion/`)}
            carry={(digest) => post(`${URL}promotion/`, { digest })}
            onClose={() => setComparing(false)}
          />
        )}
      </div>
    </Part>
  )
}
