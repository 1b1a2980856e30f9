import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Empty } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import type { DeskProps } from '@/kit/desk/DeskPage'
import { Bar, type ChainDocument, Figures, share } from '@/kit/desk/parts'
import { openNew } from '@/kit/document/help'
import { formatCurrency, formatMoney } from '@/shared/format'
import { lazyPage } from '@/shared/lazyPage'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { Ledger, type LedgerRow } from './Ledger'
import type { PanelRows } from './model'
import type { Person } from './relations'

const RelationMap = lazyPage(() => import('./RelationMap'))

export interface PartnerDesk {
  figures: Record<'balance' | 'overdue' | 'retention' | 'contracted' | 'collected', string | null> | null
  ageing: { bucket: string; label: string; amount: string }[]
  ledger: LedgerRow[]
  documents: ChainDocument[]
  contacts: Person[]
  /** What other apps tell: opportunities, activities, machines. */
  panels: PanelRows[]
  profit: Record<'net' | 'cost' | 'margin' | 'rate' | 'orders', string> | null
  value: { period: string; score: string; grade: string }[]
  /** What is not counted or not shown to this reader. */
  notes: string[]
}

/** Not yet due is calm, retention waits, the rest grows redder with time. */
const TONES: Record<string, string> = { not_due: 'green', retention: 'blue', '1-30': 'orange', '31-60': 'orange' }
const NAMES = ['balance', 'overdue', 'retention', 'contracted', 'collected'] as const

function Ageing({ ageing }: Pick<PartnerDesk, 'ageing'>) {
  const { t } = useTranslation()
  const most = String(Math.max(...ageing.map((one) => Number(one.amount)), 0))
  return (
    <section className="panel section">
      <h2>{t('partner.ageing')}</h2>
      <ul className="ageing" data-testid="ageing">
        {ageing.map((one) => (
          <li key={one.bucket}>
            <span>{one.label}</span>
            <Bar value={share(one.amount, most)} tone={TONES[one.bucket] ?? 'red'} label={one.label} />
            <b className="num">{formatMoney(one.amount)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Contacts({ contacts, customer }: { contacts: Person[]; customer: { id: Id; label: string } }) {
  const { t } = useTranslation()
  const key = 'partners.contact'
  const contact = useMeta().resources[key]
  return (
    <section className="panel section">
      <h2>
        {t('partner.contacts')}
        {contact?.can.create && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            aria-label={t('document.newOf', { name: contact.label })}
            onClick={() => openNew(key, { partner: customer }, contact.label)}
          />
        )}
      </h2>
      {contacts.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('partner.noContacts')} />}
      <ul className="contacts">
        {contacts.map((one) => (
          <li key={one.id}>
            <TabLink to={docUrl(key, one.id)}>{one.name}</TabLink>
            <span className="soft">{one.job}</span>
            {one.phone && <a href={`tel:${one.phone}`}>{one.phone}</a>}
            {one.email && <a href={`mailto:${one.email}`}>{one.email}</a>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Whom a relation joins to somebody: only these are worth a drawing. */
const related = (people: Person[]) => people.some((one) => one.reports_to || one.influences)

function Relations({ people }: { people: Person[] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section">
      <h2>{t('partner.map.title')}</h2>
      <Suspense fallback={<p className="soft">…</p>}>
        <RelationMap people={people} />
      </Suspense>
    </section>
  )
}

function Panel({ panel }: { panel: PanelRows }) {
  return (
    <section className="panel section" data-testid={`panel-${panel.name}`}>
      <h2>{panel.label}</h2>
      <ul className="contacts">
        {panel.rows.map((row, at) => (
          <li key={`${row._key}${row.id}${at}`}>
            {row._key && row.id ? <TabLink to={docUrl(row._key, row.id)}>{row.title}</TabLink> : <b>{row.title}</b>}
            <span className="soft">{[row.text, row.date].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Worth({ profit, value }: Pick<PartnerDesk, 'profit' | 'value'>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const last = value.at(-1)
  const items = [
    ...(['net', 'cost', 'margin'] as const).flatMap((name) =>
      profit ? [{ name, label: t(`partner.profit.${name}`), value: formatCurrency(profit[name], company.currency) }] : [],
    ),
    ...(profit ? [{ name: 'rate', label: t('partner.profit.rate'), value: `${profit.rate} %` }] : []),
    ...(last ? [{ name: 'worth', label: t('partner.value.of', { period: last.period }), value: `${last.grade} · ${last.score}` }] : []),
  ]
  return items.length > 0 ? <Figures items={items} /> : null
}

function Documents({ documents }: Pick<PartnerDesk, 'documents'>) {
  const { t } = useTranslation()
  return (
    <section className="panel section">
      <h2>{t('partner.documents')}</h2>
      {documents.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('partner.noDocuments')} />}
      <ul className="partnerdocs">
        {documents.map((one) => (
          <li key={`${one._key}${one.id}`}>
            <TabLink to={docUrl(one._key, one.id)}>
              <span className="soft">{one.kind}</span>
              <b>{one.label}</b>
              <Tag color={one.color}>{one.state_label}</Tag>
              <span className="soft">{one.date}</span>
              <span className="num">{one.amount && formatMoney(one.amount)}</span>
            </TabLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function PartnerOverview({ desk, doc }: DeskProps<PartnerDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { figures } = desk
  return (
    <>
      {desk.notes.length > 0 && <Alert type="info" showIcon title={desk.notes.join(' ')} data-testid="desk-notes" />}
      {figures && (
        <Figures
          items={NAMES.map((name) => ({
            name,
            label: t(`partner.${name}`),
            value: figures[name] === null ? '—' : formatCurrency(figures[name], company.currency),
            tone: name === 'overdue' && Number(figures.overdue) > 0 ? 'danger' : undefined,
          }))}
        />
      )}
      <Worth profit={desk.profit} value={desk.value} />
      <div className="partner__pair">
        {desk.ageing.length > 0 && <Ageing ageing={desk.ageing} />}
        <Contacts contacts={desk.contacts} customer={{ id: doc.id, label: doc._label }} />
      </div>
      {related(desk.contacts) && <Relations people={desk.contacts.filter((one) => !one.left_on)} />}
      {desk.panels.length > 0 && (
        <div className="partner__panels">
          {desk.panels.map((panel) => (
            <Panel key={panel.name} panel={panel} />
          ))}
        </div>
      )}
      {desk.ledger.length > 0 && <Ledger rows={desk.ledger} />}
      <Documents documents={desk.documents} />
    </>
  )
}
