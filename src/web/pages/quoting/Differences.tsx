import { useQuery } from '@tanstack/react-query'
import { Empty, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Doc, Rows } from '@/api/types'
import { formatMoney, formatNumber } from '@/shared/format'
import { Waiting } from '@/shared/Waiting'
import type { Comparison, Figures } from './model'

const baseOf = (number: unknown) => String(number).split('-R')[0] ?? ''
const said = (one: Figures | null) =>
  one ? `${formatNumber(one.quantity)} × ${formatMoney(one.unit_price)} −${formatNumber(one.discount)} % = ${formatMoney(one.amount)}` : '—'

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
            {data.before.number} {formatMoney(data.before.total)} → {data.after.number} {formatMoney(data.after.total)}
          </p>
          {data.terms.length + data.lines.length === 0 && <p className="soft">{t('quote.same')}</p>}
          <ul>
            {data.terms.map((term) => (
              <li key={term.name}>
                <b>{term.label}</b>
                <s>{term.from || '—'}</s>
                <span>{term.to || '—'}</span>
              </li>
            ))}
            {data.lines.map((line, at) => (
              <li key={at}>
                <b>{line.description}</b>
                <s className="num">{said(line.before)}</s>
                <span className="num">{said(line.after)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
