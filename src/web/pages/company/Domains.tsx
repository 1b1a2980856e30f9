import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, post } from '@/api/http'
import { Part } from '@/kit/sheet/Sheet'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { type Claim, type CompanyData, URL } from './model'
import { useWork } from './useWork'

const COLOURS = { proven: 'green', unproven: 'gold', lost: 'red' } as const

function Domain({ claim }: { claim: Claim }) {
  const { t } = useTranslation()
  const { busy, work } = useWork()
  const { modal } = App.useApp()
  const { record } = claim
  const release = async () => {
    if (
      claim.verified_at &&
      !(await modal.confirm({ title: t('company.releaseSure', { domain: claim.domain }), okButtonProps: { danger: true } }))
    )
      return
    await work(() => del(`${URL}domains/${claim.id}/`))
  }
  const standing = claim.missing_since ? 'lost' : claim.verified_at ? 'proven' : 'unproven'
  return (
    <li data-testid="domain">
      <div>
        <b>{claim.domain}</b> <Tag color={COLOURS[standing]}>{t(`company.${standing}`)}</Tag>
      </div>
      {claim.ends_at && <p className="part__error">{t('company.lostText', { when: formatDateTime(claim.ends_at) })}</p>}
      {standing !== 'proven' && (
        <dl className="facts">
          <div>
            <dt>{t('company.record', { type: record.type })}</dt>
            <dd>
              <code>{record.name}</code>
            </dd>
            <dd>
              <code>{record.text}</code>
            </dd>
          </div>
          {claim.checked_at && (
            <div>
              <dt>{t('company.foundThere', { when: formatDateTime(claim.checked_at) })}</dt>
              <dd>{claim.found || t('company.foundNothing')}</dd>
            </div>
          )}
        </dl>
      )}
      <div className="part__line">
        <Button size="small" loading={busy} onClick={() => void work(() => post(`${URL}domains/${claim.id}/`))}>
          {t('company.check')}
        </Button>
        <Button size="small" danger disabled={busy} onClick={() => void release()}>
          {t('company.release')}
        </Button>
      </div>
    </li>
  )
}

export function Domains({ data }: { data: CompanyData }) {
  const { t } = useTranslation()
  const { busy, work } = useWork()
  const [domain, setDomain] = useState('')
  const add = () => work(() => post(`${URL}domains/`, { domain }).then(() => setDomain('')))
  return (
    <Part title={t('company.domains')} text={t('company.domainsText', { address: data.address })}>
      <ul className="claims">
        {data.domains.map((claim) => (
          <Domain key={claim.id} claim={claim} />
        ))}
      </ul>
      <div className="part__line">
        <Input
          value={domain}
          aria-label={t('company.domain')}
          placeholder="erp.example.com"
          onChange={(event) => setDomain(event.target.value)}
          onPressEnter={() => void add()}
        />
        <Button loading={busy} disabled={!domain.trim()} onClick={() => void add()}>
          {t('company.claim')}
        </Button>
      </div>
    </Part>
  )
}
