import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Colour, Id } from '@/api/types'
import { formatNumber, formatPrice } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './related.css'

/** What is not counted or not shown to this reader. */
export function Notes({ notes }: { notes: string[] }) {
  return notes.length > 0 ? <Alert type="info" showIcon title={notes.join(' ')} data-testid="desk-notes" /> : null
}

export interface Dealt {
  _key: string
  id: Id
  label: string
  on: string | null
  who: string
  quantity: string
  price: string | null
  state_label: string
  color: Colour
}

/** At what price, with whom, when: each line leads to its document. */
export function Dealings({ title, rows, testid }: { title: string; rows: Dealt[]; testid: string }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <section className="panel section" data-testid={testid}>
      <h2>{title}</h2>
      <div className="scroll-x">
        <table className="dealings">
          <thead>
            <tr>
              <th>{t('overview.document')}</th>
              <th>{t('overview.partner')}</th>
              <th className="num">{t('overview.quantity')}</th>
              <th className="num">{t('overview.unitPrice')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={`${row._key}${row.id}${at}`}>
                <td>
                  <TabLink to={docUrl(row._key, row.id)}>{row.label}</TabLink> <Tag color={row.color}>{row.state_label}</Tag>
                  <small className="soft">{row.on}</small>
                </td>
                <td>{row.who}</td>
                <td className="num">{formatNumber(row.quantity)}</td>
                <td className="num">{row.price === null ? '—' : formatPrice(row.price)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export interface Linked {
  _key: string
  id: Id
  title: string
  text?: string
  date?: string | null
  late?: boolean
}

/** Documents that belong to what is looked at. */
export function Links({ title, rows, empty, testid }: { title: string; rows: Linked[]; empty?: string; testid?: string }) {
  if (rows.length === 0 && !empty) return null
  return (
    <section className="panel section" data-testid={testid}>
      <h2>{title}</h2>
      {rows.length === 0 && <p className="soft">{empty}</p>}
      <ul className="links">
        {rows.map((row) => (
          <li key={`${row._key}${row.id}`}>
            <TabLink to={docUrl(row._key, row.id)}>{row.title}</TabLink>
            <span className="soft">{row.text}</span>
            {row.date && <span className={row.late ? 'is-late' : 'soft'}>{row.date}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
