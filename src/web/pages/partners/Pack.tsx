import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { Id } from '@/api/types'
import { Waiting } from '@/shared/Waiting'
import type { Account, PanelRows } from './model'

interface Told extends Account {
  contacts: { id: Id; name: string; job: string; part: string; phone: string }[]
  formers: { label: string; until: string }[]
  panels: PanelRows[]
  history: { at: string; by: { label: string } | null; title: string; text: string }[]
}

interface Props {
  pool: Id
  account: Account
  busy: boolean
  onClaim: () => void
  onClose: () => void
}

/** What is handed over with an account: its source, its people with veiled numbers, what was done. */
export default function Pack({ pool, account, busy, onClaim, onClose }: Props) {
  const { t } = useTranslation()
  const url = `/api/v1/partners/pools/${pool}/accounts/${account.id}/`
  const { data, error } = useQuery({ queryKey: ['pack', url], queryFn: () => get<Told>(url) })
  const facts = [
    ['source', account.source],
    ['phone', account.phone],
    ['region', account.region || account.place],
    ['dealt', account.dealt_on],
    ['formers', data?.formers.map((one) => `${one.label} (${one.until})`).join('、')],
  ].filter((pair) => pair[1])
  return (
    <Drawer
      open
      size={480}
      title={account.name}
      onClose={onClose}
      footer={
        <Button type="primary" block loading={busy} disabled={account.waits || !!error} onClick={onClaim}>
          {t('partner.pool.claimOne')}
        </Button>
      }
    >
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {!data && !error && <Waiting lines={6} />}
      {data && (
        <div className="pack" data-testid="pack">
          <dl>
            {facts.map(([name, text]) => (
              <div key={name}>
                <dt>{t(`partner.pool.${name}`)}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
          <h3>{t('partner.contacts')}</h3>
          <ul>
            {data.contacts.map((one) => (
              <li key={one.id}>
                <b>{one.name}</b> <span className="soft">{[one.job, one.part, one.phone].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
          {data.panels.map((panel) => (
            <section key={panel.name}>
              <h3>{panel.label}</h3>
              <ul>
                {panel.rows.map((row, at) => (
                  <li key={at}>
                    {row.title} <span className="soft">{[row.text, row.date].filter(Boolean).join(' · ')}</span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          <h3>{t('partner.pool.history')}</h3>
          <ul>
            {data.history.map((row) => (
              <li key={`${row.at}${row.title}`}>
                {row.title} <span className="soft">{[row.text, row.by?.label, row.at.slice(0, 10)].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Drawer>
  )
}
