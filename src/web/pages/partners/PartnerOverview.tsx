import { Alert } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { DeskProps } from '@/kit/desk/DeskPage'
import { Bar, type ChainDocument, Figures, share } from '@/kit/desk/parts'
import { ContactLog } from '@/kit/log/ContactLog'
import { formatCurrency, formatMoney } from '@/shared/format'
import { lazyPage } from '@/shared/lazyPage'
import { Contacts, Panel } from './Business'
import { Documents } from './Documents'
import { Ledger, type LedgerRow } from './Ledger'
import type { PanelRows } from './model'
import type { Person } from './relations'

const RelationMap = lazyPage(() => import('./RelationMap'))

export interface PartnerDesk {
  figures: Record<'balance' | 'overdue' | 'retention' | 'contracted' | 'collected', string | null> | null
  credit: Record<'limit' | 'used' | 'free', string> | null
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

function Worth({ credit, profit, value }: Pick<PartnerDesk, 'credit' | 'profit' | 'value'>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const last = value.at(-1)
  const items = [
    ...(['limit', 'used', 'free'] as const).flatMap((name) =>
      credit
        ? [
            {
              name,
              label: t(`partner.limits.${name}`),
              value: formatCurrency(credit[name], company.currency),
              tone: name === 'free' && Number(credit.free) < 0 ? 'danger' : undefined,
            },
          ]
        : [],
    ),
    ...(['net', 'cost', 'margin'] as const).flatMap((name) =>
      profit ? [{ name, label: t(`partner.profit.${name}`), value: formatCurrency(profit[name], company.currency) }] : [],
    ),
    ...(profit ? [{ name: 'rate', label: t('partner.profit.rate'), value: `${profit.rate} %` }] : []),
    ...(last ? [{ name: 'worth', label: t('partner.value.of', { period: last.period }), value: `${last.grade} · ${last.score}` }] : []),
  ]
  return items.length > 0 ? <Figures items={items} /> : null
}

export function PartnerOverview({ desk, doc }: DeskProps<PartnerDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { figures } = desk
  const customer = { id: doc.id, label: doc._label }
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
      <Worth credit={desk.credit} profit={desk.profit} value={desk.value} />
      <div className="desk__pair">
        {desk.ageing.length > 0 && <Ageing ageing={desk.ageing} />}
        <Contacts contacts={desk.contacts} customer={customer} />
      </div>
      {related(desk.contacts) && <Relations people={desk.contacts.filter((one) => !one.left_on)} />}
      {desk.panels.length > 0 && (
        <div className="desk__panels">
          {desk.panels.map((panel) =>
            panel.name === 'activities' ? (
              <ContactLog key={panel.name} about="partners.partner" id={doc.id} />
            ) : (
              <Panel key={panel.name} panel={panel} customer={customer} />
            ),
          )}
        </div>
      )}
      {desk.ledger.length > 0 && <Ledger rows={desk.ledger} />}
      <Documents documents={desk.documents} />
    </>
  )
}
