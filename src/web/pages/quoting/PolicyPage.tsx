import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { Doc, RefValue } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { formatMoney, formatNumber } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import './quote.css'

interface Sums {
  before: string
  after: string
  difference: string
  margin_before?: string | null
  margin_after?: string | null
}
interface Told {
  code: string
  detail: string
}
interface Effect extends Sums {
  lines: number
  customers: number
  top: (Sums & { customer: RefValue })[]
}

const share = (value: string | null | undefined) => (value ? `${formatNumber(value, { max: 2 })} %` : '—')

function Shown({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: ['policy-effect', doc.id, doc.version],
    queryFn: () => get<Effect>(`/api/v1/pricing/policies/${doc.id}/effect/`),
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return (
    <div className="effect" data-testid="effect">
      <dl>
        <dt>{t('quote.effect.without')}</dt>
        <dd className="num">{formatMoney(data.before)}</dd>
        <dt>{t('quote.effect.with')}</dt>
        <dd className="num">{formatMoney(data.after)}</dd>
        <dt>{t('quote.difference')}</dt>
        <dd className="num">{formatMoney(data.difference)}</dd>
        {data.margin_before !== undefined && (
          <>
            <dt>{t('quote.margin')}</dt>
            <dd className="num">
              {share(data.margin_before)} → {share(data.margin_after)}
            </dd>
          </>
        )}
      </dl>
      <p className="soft">{t('quote.effect.over', { lines: data.lines, customers: data.customers })}</p>
      {data.top.length > 0 && (
        <Table
          size="small"
          rowKey={(row) => row.customer.id}
          pagination={false}
          scroll={{ x: 'max-content' }}
          dataSource={data.top}
          columns={[
            { title: t('quote.effect.customer'), render: (_, row) => row.customer.label },
            { title: t('quote.effect.without'), align: 'right', dataIndex: 'before', render: (value) => formatMoney(value) },
            { title: t('quote.effect.with'), align: 'right', dataIndex: 'after', render: (value) => formatMoney(value) },
            { title: t('quote.difference'), align: 'right', dataIndex: 'difference', render: (value) => formatMoney(value) },
          ]}
        />
      )}
    </div>
  )
}

function Panel({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <section className="panel effect__panel">
      <div>
        <b>{t('quote.effect.title')}</b>
        <Button size="small" onClick={() => setOpen(!open)} data-testid="show-effect">
          {t(open ? 'quote.effect.hide' : 'quote.effect.show')}
        </Button>
      </div>
      {open && <Shown doc={doc} />}
    </section>
  )
}

/** 价格策略: the generated form, with what it would have changed in the last twelve months. */
export default function PolicyPage() {
  return (
    <DocumentView
      above={(doc) => (
        <>
          {((doc._warnings ?? []) as Told[]).map((one) => (
            <Alert key={one.code} type="warning" showIcon title={one.detail} />
          ))}
          <Panel doc={doc} />
        </>
      )}
    />
  )
}
