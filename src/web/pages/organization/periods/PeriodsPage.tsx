import { LockOutlined, UnlockOutlined } from '@ant-design/icons'
import { Button, Empty, Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { useLookup, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { useChange } from '@/kit/useChange'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { KINDS, type Kind, LEDGERS, type Ledger, type Period, URL, usePeriods } from './model'
import './periods.css'

function Reopen({ period, ledger, onClose }: { period: Period; ledger: Ledger; onClose: () => void }) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const [reason, setReason] = useState('')
  const open = () => change(() => post(`${URL}${period.id}/reopen/`, { version: period.version, ledger, reason }))
  return (
    <Modal
      open
      title={t('org.period.reopen', { period: period.name, ledger: t(`org.ledger.${ledger}`) })}
      okText={t('org.period.reopenGo')}
      okButtonProps={{ danger: true, disabled: !reason.trim() }}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void open().then((done) => done && onClose())}
      onCancel={onClose}
    >
      <Input.TextArea
        aria-label={t('org.period.reason')}
        placeholder={t('org.period.reason')}
        value={reason}
        rows={3}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  )
}

function Cell({ period, ledger, reopen }: { period: Period; ledger: Ledger; reopen: () => void }) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const shut = period[`${ledger}_closed`]
  const name = `${period.name} ${t(`org.ledger.${ledger}`)}`
  const close = () => void change(() => post(`${URL}${period.id}/close/`, { version: period.version, ledger }))
  return (
    <Button
      type="text"
      size="small"
      loading={busy}
      className={classes('period__lock', shut && 'is-shut')}
      icon={shut ? <LockOutlined /> : <UnlockOutlined />}
      aria-label={`${name}: ${t(shut ? 'org.period.isShut' : 'org.period.isOpen')}`}
      onClick={shut ? reopen : close}
    >
      {t(shut ? 'org.period.isShut' : 'org.period.isOpen')}
    </Button>
  )
}

/** 期间定义: a year of a company, ledger by ledger; a closed one takes no more documents of its days. */
export default function PeriodsPage() {
  const { t } = useTranslation()
  const { resources, company: here } = useMeta()
  const { busy, change } = useChange()
  const { data: companies } = useLookup(resources['organization.company']?.url, 'limit=50', true)
  const [chosen, setChosen] = useState<Id | undefined>()
  const [kind, setKind] = useState<Kind>('month')
  const [year, setYear] = useState(Number(here.today.slice(0, 4)))
  const [opening, setOpening] = useState<{ period: Period; ledger: Ledger } | null>(null)
  const company = chosen ?? companies?.rows.map((row) => row.id).sort((one, other) => Number(one) - Number(other))[0]
  const { data, error } = usePeriods(company, kind, year)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!companies) return <Waiting />
  return (
    <Sheet title={t('page.periods')} intro={t('org.period.intro')} wide>
      <div className="part__line">
        {companies.rows.length > 1 && (
          <Select
            aria-label={resources['organization.company']?.label}
            showSearch={byName}
            value={company}
            options={companies.rows.map((row) => ({ value: row.id, label: row.label }))}
            onChange={setChosen}
          />
        )}
        <InputNumber aria-label={t('org.period.year')} min={2000} max={2100} value={year} onChange={(value) => value && setYear(value)} />
        <Segmented value={kind} onChange={setKind} options={KINDS.map((value) => ({ value, label: t(`org.period.${value}`) }))} />
      </div>
      <Part title={`${year} · ${t(`org.period.${kind}`)}`}>
        {data?.length === 0 && (
          <Empty description={t('org.period.none', { year })}>
            {resources['organization.period']?.can.create && (
              <Button type="primary" loading={busy} onClick={() => void change(() => post(`${URL}year/`, { company, year }))}>
                {t('org.period.make', { year })}
              </Button>
            )}
          </Empty>
        )}
        {!!data?.length && (
          <div className="periods">
            <table>
              <thead>
                <tr>
                  <th>{t('org.period.period')}</th>
                  {LEDGERS.map((ledger) => (
                    <th key={ledger}>{t(`org.ledger.${ledger}`)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.map((period) => (
                  <tr key={period.id} data-testid="period">
                    <th scope="row">
                      {period.name}
                      <span className="soft">
                        {period.starts.slice(5)} – {period.ends.slice(5)}
                      </span>
                    </th>
                    {LEDGERS.map((ledger) => (
                      <td key={ledger}>
                        <Cell period={period} ledger={ledger} reopen={() => setOpening({ period, ledger })} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Part>
      {opening && <Reopen {...opening} onClose={() => setOpening(null)} />}
    </Sheet>
  )
}
