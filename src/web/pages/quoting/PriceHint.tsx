import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { compute } from '@/api/http'
import { useDescription } from '@/api/queries'
import type { RefValue, Values } from '@/api/types'
import { formatValue } from '@/kit/field/format'
import type { HintProps } from '@/kit/grid/hints'
import { useMoney } from '@/shared/currency'
import { formatMoney, formatNumber } from '@/shared/format'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { discountOf, type Hint, perUnit } from './model'
import './quote.css'

function Told({ hint, line, currency }: { hint: Hint; line: Values; currency: string }) {
  const { t } = useTranslation()
  const { price } = useMoney()
  const money = (value: string) => formatMoney(value, currency)
  const state = useDescription('quoting.quote').data?.fields.state
  const floor = perUnit(line.floor, line.quantity)
  return (
    <>
      <dl>
        <dt>{t('quote.listPrice')}</dt>
        <dd className="num">{price(line.list_price)}</dd>
        {floor && (
          <>
            <dt>{t('quote.floor')}</dt>
            <dd className="num">{price(floor)}</dd>
          </>
        )}
        <dt>{t('quote.range')}</dt>
        <dd className="num">
          {hint.range
            ? `${money(hint.range.least)} · ${money(hint.range.middle)} · ${money(hint.range.most)} (${hint.range.deals})`
            : t('quote.nothingYet')}
          {hint.compared && <small className="soft"> {t(`quote.compared.${hint.compared.by}`, { label: hint.compared.label })}</small>}
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
      <b>{t('quote.lastDeals')}</b>
      {hint.last.length === 0 && <p className="soft">{t('quote.nothingYet')}</p>}
      <ul>
        {hint.last.map((deal) => (
          <li key={`${deal.quote} ${deal.price}`}>
            <TabLink to={docUrl('quoting.quote', deal.quote)}>{deal.number}</TabLink>
            <span className="soft">
              {deal.date} {state && formatValue(state, deal.state)} {deal.model}
            </span>
            <span className="num">
              {formatNumber(deal.quantity)} × {money(deal.price)} (−{formatNumber(deal.discount, { max: 2 })} %)
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Beside a price: floor, what this customer paid last, what others paid, and how often such a discount won. */
export default function PriceHint({ line, header }: HintProps) {
  const { t } = useTranslation()
  const item = (line.item as RefValue | null)?.id
  const customer = (header('customer') as RefValue | null)?.id
  const configuration = (line.configuration as RefValue | null)?.id
  const asked = { customer, currency: header('currency'), lines: [{ item, configuration, discount: discountOf(line) }] }
  const { data, error } = useQuery({
    queryKey: ['quote-hints', JSON.stringify(asked)],
    queryFn: () => compute<{ lines: Hint[]; currency: string }>('/api/v1/quoting/hints/', asked),
    enabled: item !== undefined,
  })
  if (item === undefined) return <p className="soft">{t('quote.chooseItem')}</p>
  if (error) return <p className="soft">{t('quote.nothingYet')}</p>
  const [hint] = data?.lines ?? []
  return <section className="hint">{hint ? <Told hint={hint} line={line} currency={data?.currency ?? ''} /> : <Waiting />}</section>
}
