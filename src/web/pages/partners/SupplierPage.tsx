import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Bar, type ChainDocument, Figures } from '@/kit/desk/parts'
import { formatCurrency, formatNumber, formatPrice } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { Contacts } from './Business'
import { Documents } from './Documents'
import type { Person } from './relations'
import './partner.css'
import './supplier.css'
import { Notes } from '@/kit/desk/related'

interface Paper {
  _key: string
  id: Id
  title: string
  no: string
  ends_on: string | null
  needed: boolean
  standing: 'holds' | 'soon' | 'out'
}
interface SupplierDesk {
  figures: Record<'count' | 'contracted' | 'paid' | 'open', string | null> | null
  score: { name: string; label: string; weight: string; value: string | null }[]
  papers: Paper[]
  bought: { item: Id; code: string; name: string; unit: string; on: string | null; contract: Id; price: string | null }[]
  documents: ChainDocument[]
  contacts: Person[]
  /** Whether we sell to it as well, and the reader may see that side. */
  customer: boolean
  notes: string[]
}

const COLOURS = { holds: 'green', soon: 'orange', out: 'red' } as const
const TONES = (value: number) => (value >= 80 ? 'green' : value >= 60 ? 'orange' : 'red')

function Score({ desk, doc }: Pick<DeskProps<SupplierDesk>, 'desk' | 'doc'>) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="score">
      <h2>
        {t('overview.score')} {doc.score !== null && doc.score !== undefined && formatNumber(doc.score, { max: 1 })}
      </h2>
      <ul className="parts">
        {desk.score.map((one) => (
          <li key={one.name}>
            <span>
              {one.label} <small className="soft">{t('overview.weight', { percent: one.weight })}</small>
            </span>
            <Bar value={Number(one.value ?? 0) / 100} tone={TONES(Number(one.value ?? 0))} label={one.label} />
            <b className="num">{one.value === null ? '—' : formatNumber(one.value, { max: 1 })}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Papers({ papers }: { papers: Paper[] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="papers">
      <h2>{t('overview.papers')}</h2>
      {papers.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('overview.noPapers')} />}
      <ul className="links">
        {papers.map((one) => (
          <li key={`${one._key}${one.id}`}>
            <TabLink to={docUrl(one._key, one.id)}>{one.title}</TabLink>
            <span className="soft">{one.no}</span>
            {one.needed && <Tag color="blue">{t('overview.needed')}</Tag>}
            <Tag color={COLOURS[one.standing]}>{one.ends_on ?? t('overview.endless')}</Tag>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Bought({ rows }: { rows: SupplierDesk['bought'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="bought">
      <h2>{t('overview.boughtOf')}</h2>
      {rows.length === 0 && <p className="soft">{t('overview.noneBought')}</p>}
      <div className="scroll-x" hidden={rows.length === 0}>
        <table className="dealings">
          <thead>
            <tr>
              <th>{t('overview.item')}</th>
              <th>{t('overview.lastBought')}</th>
              <th className="num">{t('overview.unitPrice')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.item}>
                <td>
                  <TabLink to={docUrl('catalog.item', one.item)}>{one.name}</TabLink>
                  <small className="soft">{one.code}</small>
                </td>
                <td>
                  <TabLink to={docUrl('contracts.contract', one.contract)}>{one.on ?? '—'}</TabLink>
                </td>
                <td className="num">
                  {one.price === null ? '—' : formatPrice(one.price)} <small className="soft">{one.unit && `/ ${one.unit}`}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Overview({ desk, doc }: DeskProps<SupplierDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { figures } = desk
  const money = (value: string | null) => (value === null ? '—' : formatCurrency(value, company.currency))
  return (
    <>
      <Notes notes={desk.notes} />
      {figures && (
        <Figures
          items={[
            { name: 'count', label: t('overview.contracts'), value: formatNumber(figures.count) },
            ...(['contracted', 'paid', 'open'] as const).map((name) => ({
              name,
              label: t(`overview.${name}`),
              value: money(figures[name]),
            })),
          ]}
        />
      )}
      {desk.customer && <TabLink to={docUrl('partners.partner', doc.id)}>{t('overview.alsoCustomer')}</TabLink>}
      <div className="desk__pair">
        <Papers papers={desk.papers} />
        {desk.score.length > 0 && <Score desk={desk} doc={doc} />}
      </div>
      <div className="desk__pair">
        <Bought rows={desk.bought} />
        <Contacts contacts={desk.contacts} customer={{ id: doc.id, label: doc._label }} />
      </div>
      <Documents documents={desk.documents} title={t('overview.purchases')} empty={t('overview.noPurchases')} />
    </>
  )
}

/** 供应商全景: what it may supply, what was bought of it and how well it does. */
export default function SupplierPage() {
  return <DeskPage<SupplierDesk> view={Overview} />
}
