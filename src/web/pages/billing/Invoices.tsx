import { useQuery } from '@tanstack/react-query'
import { App, Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { OutLink } from '@/kit/field/OutLink'
import { Part } from '@/kit/sheet/Sheet'
import { formatCurrency } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { type Invoice, invoices, type Overview, refresh, URL } from './model'
import { Transfer } from './Transfer'

const COLOURS = { open: 'orange', paid: 'green', void: 'default' } as const
const AT_STRIPE = ['alipay', 'wechat_pay', 'card']

function Row({ row, data }: { row: Invoice; data: Overview }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const ask = async (path: string, body: object = {}) => {
    try {
      const { url } = await post<{ url?: string }>(`${URL}invoices/${row.id}/${path}/`, body)
      if (url) location.assign(url)
      else await refresh()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  const online = data.methods.filter((method) => AT_STRIPE.includes(method.value))
  return (
    <li data-testid="invoice">
      <div className="invoices__head">
        <b>{row.number}</b>
        <Tag color={COLOURS[row.status]}>{row.status_label}</Tag>
        <span className="soft">{row.period.join(' – ')}</span>
        <b className="num">{formatCurrency(row.total, row.currency)}</b>
      </div>
      <p className="soft">
        {row.lines.map((line) => line.text).join(' · ')} ·{' '}
        {t('billing.tax', { rate: Number(row.tax_rate), tax: formatCurrency(row.tax, row.currency) })}
        {row.payment && ` · ${row.payment.method}: ${row.payment.label}`}
        {row.payment?.failure && ` (${row.payment.failure})`}
      </p>
      {row.status === 'open' && (
        <div className="billing__tools">
          {row.by_card ? (
            <Button size="small" type="primary" onClick={() => void ask('pay', { method: 'card' })}>
              {t('billing.payCard')}
            </Button>
          ) : (
            online.map((method) => (
              <Button key={method.value} size="small" onClick={() => void ask('pay', { method: method.value })}>
                {method.label}
              </Button>
            ))
          )}
        </div>
      )}
      {row.status === 'open' && !row.by_card && (
        <Transfer row={row} bank={data.bank} onTold={(reference) => void ask('transferred', { reference })} />
      )}
      {row.status === 'paid' && (
        <div className="billing__tools">
          {row.einvoice.status === 'none' ? (
            <Button size="small" data-testid="einvoice" onClick={() => void ask('einvoice')}>
              {t('billing.askEInvoice')}
            </Button>
          ) : (
            <Tag
              color={row.einvoice.status === 'issued' ? 'green' : 'blue'}
            >{`${t('billing.einvoice')} ${row.einvoice.number || row.einvoice.label}`}</Tag>
          )}
          {row.einvoice.url && <OutLink url={row.einvoice.url}>{t('billing.fetch')}</OutLink>}
        </div>
      )}
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
