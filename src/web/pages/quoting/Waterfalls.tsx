import { useQuery } from '@tanstack/react-query'
import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { formatMoney, formatNumber, formatPrice } from '@/shared/format'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { type PricedLine, share } from './model'

function Line({ line }: { line: PricedLine }) {
  const { t } = useTranslation()
  return (
    <section className="waterfall">
      <header>
        <b>{line.description}</b>
        <span className="num">
          {formatNumber(line.quantity)} × {formatPrice(line.net)} = {formatMoney(line.amount)}
        </span>
      </header>
      <ol>
        {line.steps.map((step, at) => (
          <li key={at} className={classes(Number(step.amount) < 0 && 'is-less')}>
            <span>
              {t(`quote.step.${step.step}`)}
              {step.name && <small> {step.name}</small>}
            </span>
            <i style={vars({ width: `${share(step.amount, line.steps)}%` })} />
            <b className="num">{formatPrice(step.amount)}</b>
          </li>
        ))}
        <li className="is-net">
          <span>{t('quote.net')}</span>
          <i />
          <b className="num">{formatPrice(line.net)}</b>
        </li>
      </ol>
      {line.floor && (
        <p className="soft">
          {t('quote.floorOf')} <span className="num">{formatMoney(line.floor)}</span>
        </p>
      )}
    </section>
  )
}

/** How the price of each line came about, as it was kept with the quote. */
export function Waterfalls({ url }: { url: string }) {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['quote', url, 'prices'], queryFn: () => get<{ lines: PricedLine[] }>(`${url}prices/`) })
  if (!data) return <Waiting />
  if (!data.lines.length) return <Empty description={t('quote.noLines')} />
  return data.lines.map((line) => <Line key={line.id} line={line} />)
}
