import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { OutLink } from '@/kit/field/OutLink'
import { Tag } from '@/shared/Tag'
import type { Invoice, Ways } from './model'
import { Transfer } from './Transfer'
import './paying.css'

interface Props {
  row: Invoice
  ways: Ways
  onDone: () => Promise<unknown>
}

const URL = '/api/v1/billing/invoices/'
const AT_STRIPE = ['alipay', 'wechat_pay', 'card']

/** What can be done about an invoice: pay it at Stripe, transfer the money, ask for the e-invoice. */
export function Paying({ row, ways, onDone }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const ask = async (path: string, body: object = {}) => {
    try {
      const { url } = await post<{ url?: string }>(`${URL}${row.id}/${path}/`, body)
      if (url) location.assign(url)
      else await onDone()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  if (row.status === 'void') return null
  if (row.status === 'paid') return <EInvoice row={row} onAsk={() => void ask('einvoice')} />
  if (row.by_card)
    return (
      <div className="paying__tools">
        <Button size="small" type="primary" onClick={() => void ask('pay', { method: 'card' })}>
          {t('billing.payCard')}
        </Button>
      </div>
    )
  const online = ways.methods.filter((method) => AT_STRIPE.includes(method.value))
  return (
    <>
      {online.length > 0 && (
        <div className="paying__tools">
          {online.map((method, place) => (
            <Button
              key={method.value}
              type={place === 0 ? 'primary' : 'default'}
              data-testid={`pay-${method.value}`}
              onClick={() => void ask('pay', { method: method.value })}
            >
              {t('billing.payBy', { method: method.label })}
            </Button>
          ))}
        </div>
      )}
      <Transfer row={row} bank={ways.bank} onTold={(reference) => void ask('transferred', { reference })} />
    </>
  )
}

function EInvoice({ row, onAsk }: { row: Invoice; onAsk: () => void }) {
  const { t } = useTranslation()
  const { status, number, label, url } = row.einvoice
  return (
    <div className="paying__tools">
      {status === 'none' && Number(row.total) > 0 && (
        <Button size="small" data-testid="einvoice" onClick={onAsk}>
          {t('billing.askEInvoice')}
        </Button>
      )}
      {status !== 'none' && <Tag color={status === 'issued' ? 'green' : 'blue'}>{`${t('billing.einvoice')} ${number || label}`}</Tag>}
      {url && <OutLink url={url}>{t('billing.fetch')}</OutLink>}
    </div>
  )
}
