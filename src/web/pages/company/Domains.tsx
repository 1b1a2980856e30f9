import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, post } from '@/api/http'
import { Tag } from '@/shared/Tag'
import { type Claim, type CompanyData, URL } from './model'
import { Part } from './Part'
import { useWork } from './useWork'

function Domain({ claim }: { claim: Claim }) {
  const { t } = useTranslation()
  const { busy, work } = useWork()
  const { record } = claim
  return (
    <li data-testid="domain">
      <b>{claim.domain}</b>{' '}
      <Tag color={claim.verified_at ? 'green' : 'gold'}>{t(claim.verified_at ? 'company.proven' : 'company.unproven')}</Tag>
      {!claim.verified_at && (
        <dl>
          <div>
            <dt>{t('company.record', { type: record.type })}</dt>
            <dd>{record.name}</dd>
            <dd>{record.text}</dd>
          </div>
          {claim.checked_at && (
            <div>
              <dt>{t('company.foundThere')}</dt>
              <dd>{claim.found || t('company.foundNothing')}</dd>
            </div>
          )}
        </dl>
      )}
      <span className="company__do">
        <Button size="small" loading={busy} onClick={() => void work(() => post(`${URL}domains/${claim.id}/`))}>
          {t('company.check')}
        </Button>
        <Button size="small" danger disabled={busy} onClick={() => void work(() => del(`${URL}domains/${claim.id}/`))}>
          {t('company.release')}
        </Button>
      </span>
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
      <ul className="company__domains">
        {data.domains.map((claim) => (
          <Domain key={claim.id} claim={claim} />
        ))}
      </ul>
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
    </Part>
  )
}
