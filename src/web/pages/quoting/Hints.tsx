import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { compute } from '@/api/http'
import type { Doc, Line, RefValue } from '@/api/types'
import { formatMoney, formatNumber } from '@/shared/format'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import type { Hint } from './model'

function OneHint({ hint, name }: { hint: Hint; name: string }) {
  const { t } = useTranslation()
  return (
    <section className="hint">
      <b>{name}</b>
      <dl>
        <dt>{t('quote.range')}</dt>
        <dd className="num">
          {hint.range
            ? `${formatMoney(hint.range.least)} · ${formatMoney(hint.range.middle)} · ${formatMoney(hint.range.most)} (${hint.range.deals})`
            : t('quote.nothingYet')}
        </dd>
        <dt>{t('quote.winRate')}</dt>
        <dd className="num">
          {hint.win_rate
            ? t('quote.winRateOf', {
                percent: formatNumber((hint.win_rate.won / hint.win_rate.of) * 100, { max: 0 }),
                of: hint.win_rate.of,
                from: hint.win_rate.from,
                to: hint.win_rate.to,
              })
            : t('quote.nothingYet')}
        </dd>
      </dl>
      {hint.last.length > 0 && (
        <ul>
          {hint.last.map((deal) => (
            <li key={`${deal.quote} ${deal.price}`}>
              <TabLink to={docUrl('quoting.quote', deal.quote)}>{deal.number}</TabLink>
              <span className="soft">{deal.date}</span>
              <span className="num">
                {formatNumber(deal.quantity)} × {formatMoney(deal.price)} (−{formatNumber(deal.discount, { max: 2 })} %)
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What is really taken off: a typed price counts as a discount from the list price. */
function discountOf(line: Line): string {
  const full = Number(line.list_price) * Number(line.quantity)
  return full > 0 ? Math.max(0, (1 - Number(line.amount) / full) * 100).toFixed(2) : '0'
}

/** What this customer and others paid before, and how often such a discount won. */
export function Hints({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const lines = ((doc.lines ?? []) as Line[]).filter((line) => line.item)
  const asked = {
    customer: (doc.customer as RefValue | null)?.id,
    lines: lines.map((line) => ({ item: (line.item as RefValue).id, discount: discountOf(line) })),
  }
  const { data } = useQuery({
    queryKey: ['quote-hints', JSON.stringify(asked)],
    queryFn: () => compute<{ lines: Hint[] }>('/api/v1/quoting/hints/', asked),
    enabled: lines.length > 0,
  })
  if (!lines.length) return <Empty description={t('quote.noLines')} />
  if (!data) return <Waiting />
  return data.lines.map((hint, at) => <OneHint key={at} hint={hint} name={String(lines[at]?.description ?? '')} />)
}
