import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import type { Doc } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { attempt, type Invoice, PAID, type Ways } from '@/kit/paying/model'
import { Paying } from '@/kit/paying/Paying'
import { formatCurrency, formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { useTab } from '@/workspace/TabHost'
import './project.css'

interface Payment extends Ways {
  invoice: Invoice | null
  /** Whether the reader is of the company that pays, not its operator. */
  pays: boolean
}

const SOON = 3000

/** What has become of an invoice so far, in one line. */
function Sofar({ row, pays }: { row: Invoice; pays: boolean }) {
  const { t } = useTranslation()
  const transfer = !pays && row.status === 'open' && row.transfer_told_at
  const told = [
    row.number,
    row.status === 'open' && t('project.dueBy', { date: row.due_date }),
    t('billing.tax', { rate: Number(row.tax_rate), tax: formatCurrency(row.tax, row.currency) }),
    row.payment && attempt(row.payment),
    transfer && t('project.transferTold', { when: formatDateTime(transfer), reference: row.transfer_reference || '—' }),
  ]
  return <p className="soft">{told.filter(Boolean).join(' · ')}</p>
}

/** The invoice of a milestone: how it stands, and how the company pays it. */
function Due({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { key, id, query } = useTab()
  const url = `${useMeta().resources[key]?.url}${id}/payment/`
  const returned = new URLSearchParams(query).has('paid')
  const { data, error } = useQuery({
    queryKey: ['desk', url, doc.version],
    queryFn: () => get<Payment>(url),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (returned && state.data?.invoice?.status === 'open' ? SOON : false),
  })
  const row = data?.invoice
  const behind = row?.status === 'paid' && doc.state === 'invoiced'
  useEffect(() => {
    if (behind) void refreshAll()
  }, [behind])
  if (error) return <p className="soft">{problemOf(error).detail}</p>
  if (!data || !row) return null
  return (
    <section className="panel section due" data-testid="due">
      {returned && row.status !== 'void' && (
        <Alert
          type={row.status === 'paid' ? 'success' : 'info'}
          showIcon
          title={t(row.status === 'paid' ? 'project.paidNow' : 'billing.arriving')}
        />
      )}
      <h2>
        {t('project.payment')} <b className="num">{formatCurrency(row.total, row.currency)}</b>
        <Tag color={PAID[row.status]}>{row.status_label}</Tag>
      </h2>
      <Sofar row={row} pays={data.pays} />
      {data.pays && <Paying row={row} ways={data} onDone={refreshAll} />}
    </section>
  )
}

/** A milestone with its payment above: to be paid where it was accepted. */
export default function MilestonePage() {
  return <DocumentView above={(doc) => (doc.invoice_no ? <Due doc={doc} /> : null)} />
}
