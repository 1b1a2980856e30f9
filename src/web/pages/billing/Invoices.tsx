import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { attempt, type Invoice, PAID } from '@/kit/paying/model'
import { Paying } from '@/kit/paying/Paying'
import { Part } from '@/kit/sheet/Sheet'
import { formatCurrency } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { invoices, type Overview, refresh } from './model'

function Row({ row, data }: { row: Invoice; data: Overview }) {
  const { t } = useTranslation()
  const told = [
    ...row.lines.map((line) => line.text),
    t('billing.tax', { rate: Number(row.tax_rate), tax: formatCurrency(row.tax, row.currency) }),
    row.payment && attempt(row.payment),
  ]
  return (
    <li data-testid="invoice">
      <div className="invoices__head">
        <b>{row.number}</b>
        <Tag color={PAID[row.status]}>{row.status_label}</Tag>
        <span className="soft">{row.period.join(' – ')}</span>
        <b className="num">{formatCurrency(row.total, row.currency)}</b>
      </div>
      <p className="soft">{told.filter(Boolean).join(' · ')}</p>
      <Paying row={row} ways={data} onDone={refresh} />
    </li>
  )
}

/** Every invoice of the platform to this company, newest first. */
export function Invoices({ data }: { data: Overview }) {
  const { t } = useTranslation()
  const { data: found } = useQuery(invoices)
  const rows = found?.rows ?? []
  return (
    <Part title={t('billing.invoices')}>
      {found && rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('billing.noInvoices')} />}
      <ul className="invoices">
        {rows.map((row) => (
          <Row key={row.id} row={row} data={data} />
        ))}
      </ul>
    </Part>
  )
}
