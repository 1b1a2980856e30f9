import { Button, Empty } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { formatMoney } from '@/shared/format'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

export interface LedgerRow {
  date: string
  kind: string
  kind_label: string
  label: string
  debit: string
  credit: string
  balance: string
  _key: string
  id: Id
}

const SHORT = 8
const orBlank = (amount: string) => (Number(amount) === 0 ? '' : formatMoney(amount))

/** Every movement of a customer's account with the balance after it. */
export function Ledger({ rows }: { rows: LedgerRow[] }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  return (
    <section className="panel section" data-testid="ledger">
      <h2>{t('partner.ledger')}</h2>
      {rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('partner.noLedger')} />
      ) : (
        <table className="ledger">
          <thead>
            <tr>
              <th>{t('partner.date')}</th>
              <th>{t('partner.entry')}</th>
              <th className="num">{t('partner.debit')}</th>
              <th className="num">{t('partner.credit')}</th>
              <th className="num">{t('partner.after')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? undefined : SHORT).map((row, at) => (
              <tr key={`${row._key}${row.id}${row.date}${at}`}>
                <td>{row.date}</td>
                <td>
                  {row.kind_label} <TabLink to={docUrl(row._key, row.id)}>{row.label}</TabLink>
                </td>
                <td className="num">{orBlank(row.debit)}</td>
                <td className="num">{orBlank(row.credit)}</td>
                <td className="num">{formatMoney(row.balance)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!all && rows.length > SHORT && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('partner.all', { count: rows.length })}
        </Button>
      )}
    </section>
  )
}
