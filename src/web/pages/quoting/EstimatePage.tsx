import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { Doc, Id } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { formatMoney, formatNumber } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { amountOf, type Weighed, type WeighedPrice } from './model'
import './estimate.css'

const percent = (value: string | null) => (value === null ? '—' : `${formatNumber(value, { max: 1 })} %`)

/** What it may be sold at, what it is offered at, and what that leaves. */
function Prices({ prices }: { prices: WeighedPrice[] }) {
  const { t } = useTranslation()
  return (
    <ul className="weighing__prices">
      {prices.map((one) => (
        <li key={one.what} className={classes(Number(one.profit) < 0 && 'is-loss')} data-testid={`price-${one.what}`}>
          <span>
            {t(`quote.weighing.${one.what}`)}{' '}
            {one.quote && <TabLink to={docUrl('quoting.quote', one.quote.id)}>{one.quote.number}</TabLink>}
          </span>
          <b className="num">{formatMoney(one.price)}</b>
          <small className="num">
            {t('quote.weighing.leaves', { net: formatMoney(one.net), profit: formatMoney(one.profit), margin: percent(one.margin) })}
          </small>
          {one.missing && Number(one.missing) > 0 && <small>{t('quote.weighing.missing', { amount: formatMoney(one.missing) })}</small>}
        </li>
      ))}
    </ul>
  )
}

function Costs({ told }: { told: Weighed }) {
  const { t } = useTranslation()
  return (
    <ol className="weighing__costs">
      {told.costs.map((one) => (
        <li key={one.kind} className={classes(one.kind === 'total_cost' && 'is-total')}>
          <span>{one.label}</span>
          <i style={vars({ width: `${one.kind === 'total_cost' ? 0 : one.share}%` })} />
          <b className="num">{formatMoney(one.amount)}</b>
          <small className="num">{percent(one.share)}</small>
          {told.against !== null && (
            <small className="num" title={t('quote.difference')}>
              {amountOf(one) === 0 ? '' : `${amountOf(one) > 0 ? '+' : '−'}${formatMoney(Math.abs(amountOf(one)).toFixed(2))}`}
            </small>
          )}
        </li>
      ))}
    </ol>
  )
}

/** What it costs by kind, against its price and another version. */
function Weighing({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const [against, setAgainst] = useState<Id | null>(null)
  const { data, error } = useQuery({
    queryKey: ['estimate', doc.id, doc.version, against],
    queryFn: () => get<Weighed>(`/api/v1/quoting/estimates/${doc.id}/weighing/${against === null ? '' : `?against=${against}`}`),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const others = data.versions.filter((one) => one.id !== doc.id)
  return (
    <section className="panel weighing" data-testid="weighing">
      <header>
        <b>{t('quote.weighing.title')}</b>
        {others.length > 0 && (
          <Select
            size="small"
            aria-label={t('quote.against')}
            prefix={t('quote.against')}
            value={data.against}
            onChange={setAgainst}
            options={others.map((one) => ({
              value: one.id,
              label: `${one.number} · ${one.date ?? ''} · ${formatMoney(one.total_cost)}`,
            }))}
          />
        )}
      </header>
      <Prices prices={data.prices} />
      {data.costs.length > 1 && <Costs told={data} />}
    </section>
  )
}

/** 成本预估: the generated form, with costs by kind against the price and the versions before it. */
export default function EstimatePage() {
  return <DocumentView above={(doc) => <Weighing doc={doc} />} />
}
