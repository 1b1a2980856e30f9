import { useQuery } from '@tanstack/react-query'
import { Alert, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { compute, problemOf } from '@/api/http'
import type { Editor } from '@/kit/document/useEditor'
import { useMoney } from '@/shared/currency'
import { formatNumber } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { useTyped } from './desk/usePaper'
import { type PricedLine, share } from './model'

function Line({ line }: { line: PricedLine }) {
  const { t } = useTranslation()
  const { money, price } = useMoney()
  return (
    <section className="waterfall">
      <header>
        <b>{line.description}</b>
        <span className="num">
          {formatNumber(line.quantity)} × {price(line.net)} = {money(line.amount)}
        </span>
      </header>
      <ol>
        {line.steps.map((step, at) => (
          <li key={at} className={classes(Number(step.amount) < 0 && 'is-less')}>
            <span>
              {t(`quote.step.${step.step}`)}
              {step.name && <small> {step.label ?? step.name}</small>}
            </span>
            <i style={vars({ width: `${share(step.amount, line.steps)}%` })} />
            <b className="num">{price(step.amount)}</b>
          </li>
        ))}
        <li className="is-net">
          <span>{t('quote.net')}</span>
          <i />
          <b className="num">{price(line.net)}</b>
        </li>
      </ol>
      {line.floor && (
        <p className="soft">
          {t('quote.floorOf')} <span className="num">{money(line.floor)}</span>
        </p>
      )}
    </section>
  )
}

interface Told {
  of: 'typed' | 'saved' | ''
  lines: PricedLine[]
  errors: { detail: string }[]
}

/** How the price of each line comes about, as it is typed; as last saved where that cannot be worked out. */
export function Waterfalls({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const { url } = editor.description
  const { asked, version, dirty } = useTyped(editor)
  const { data, error } = useQuery({
    queryKey: ['quote', url, 'prices', version, asked],
    queryFn: () => compute<Told>(`${url}prices/`, JSON.parse(asked)),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const why = data.errors[0]?.detail
  return (
    <>
      {data.of === 'typed' && dirty && !why && <p className="soft">{t('quote.typed')}</p>}
      {why && (
        <Alert type="warning" showIcon title={data.of === 'saved' ? t('quote.paper.saved') : t('quote.paper.typedBut')} description={why} />
      )}
      {data.lines.length === 0 && <Empty description={t('quote.noLines')} />}
      {data.lines.map((line, at) => (
        <Line key={line.id ?? `new ${at}`} line={line} />
      ))}
    </>
  )
}
