import { useQuery } from '@tanstack/react-query'
import { Empty, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Doc, Rows } from '@/api/types'
import { currencyOf, formatMoney, formatNumber, formatPrice } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import type { Change, Comparison, Figures } from './model'

const baseOf = (number: unknown) => String(number).split('-R')[0] ?? ''
const less = (discount: string) => (Number(discount) ? ` −${formatNumber(discount)} %` : '')
const said = (one: Figures, currency: string) =>
  `${formatNumber(one.quantity)} × ${formatPrice(one.unit_price, currency)}${less(one.discount)} = ${formatMoney(one.amount, currency)}`
const total = (one: Comparison['before']) => formatMoney(one.total, currencyOf(one.currency))

function Changes({ changes }: { changes: Change[] }) {
  return changes.map((one) => (
    <div key={one.name} className="differences__change">
      <span className="soft">{one.label}</span>
      <s>{one.from || '—'}</s>
      <span>{one.to || '—'}</span>
    </div>
  ))
}

/** What differs between this revision and another: lines, prices, terms. */
export function Differences({ url, list, doc }: { url: string; list: string; doc: Doc }) {
  const { t } = useTranslation()
  const [other, setOther] = useState<Doc['id'] | null>(null)
  const others = useQuery({
    queryKey: ['quote', url, 'revisions'],
    queryFn: () => get<Rows<Doc>>(`${list}?q=${encodeURIComponent(baseOf(doc.number))}&sort=-id&limit=30`),
  })
  const rows = others.data?.rows.filter((row) => row.id !== doc.id && baseOf(row.number) === baseOf(doc.number)) ?? []
  const against = other ?? rows[0]?.id ?? null
  const { data } = useQuery({
    queryKey: ['quote', url, 'differences', against],
    queryFn: () => get<Comparison>(`${url}differences/${against}/`),
    enabled: against !== null,
  })
  if (!others.data) return <Waiting />
  if (!rows.length) return <Empty description={t('quote.onlyRevision')} />
  return (
    <div className="differences">
      <Select
        aria-label={t('quote.against')}
        value={against}
        options={rows.map((row) => ({ value: row.id, label: String(row.number) }))}
        onChange={setOther}
      />
      {data && (
        <>
          <p className="num">
            {data.before.number} {total(data.before)} → {data.after.number} {total(data.after)}
          </p>
          {data.terms.length + data.lines.length === 0 && <p className="soft">{t('quote.same')}</p>}
          <ul>
            {data.terms.length > 0 && (
              <li>
                <b>{t('quote.terms')}</b>
                <Changes changes={data.terms} />
              </li>
            )}
            {data.lines.map((line, at) => (
              <li key={at}>
                <b>
                  {line.description} {line.before === null && <Tag color="green">{t('quote.added')}</Tag>}
                  {line.after === null && <Tag color="red">{t('quote.gone')}</Tag>}
                </b>
                {line.before && <s className="num">{said(line.before, currencyOf(data.before.currency))}</s>}
                {line.after && <span className="num">{said(line.after, currencyOf(data.after.currency))}</span>}
                <Changes changes={line.changes} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
