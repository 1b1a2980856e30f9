import { useTranslation } from 'react-i18next'
import type { OfferLine } from './model'

interface Props {
  lines: OfferLine[]
  money: (value: string) => string
  number: (value: string) => string
}

function Line({ line, money, number }: { line: OfferLine } & Omit<Props, 'lines'>) {
  const { t } = useTranslation()
  return (
    <li>
      <div>
        <b>{line.description}</b>
        {line.spec && <p>{line.spec}</p>}
        <p className="offer__sub">
          {number(line.quantity)} {line.measure} × {money(line.unit_price)}
          {line.discount !== '0' && ` − ${number(line.discount)} %`}
        </p>
        {line.remark && <p className="offer__sub">{line.remark}</p>}
      </div>
      <div className="offer__amount">
        {line.kind !== 'normal' && <em>{t(`offer.kind.${line.kind}`)}</em>}
        <b>{money(line.amount)}</b>
      </div>
    </li>
  )
}

/** What is offered, and apart from it what could be had besides. */
export function Lines({ lines, ...shown }: Props) {
  const { t } = useTranslation()
  const besides = lines.filter((line) => line.kind !== 'normal')
  return (
    <>
      <ul className="offer__lines">
        {lines
          .filter((line) => line.kind === 'normal')
          .map((line, at) => (
            <Line key={at} line={line} {...shown} />
          ))}
      </ul>
      {besides.length > 0 && (
        <>
          <h2>{t('offer.besides')}</h2>
          <ul className="offer__lines">
            {besides.map((line, at) => (
              <Line key={at} line={line} {...shown} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}
