import { useTranslation } from 'react-i18next'
import type { OfferLine } from './model'

interface Props {
  lines: OfferLine[]
  money: (value: string) => string
  number: (value: string) => string
}

/** The chosen options of a machine, for whoever wants to read them. */
function Chosen({ chosen }: Pick<OfferLine, 'chosen'>) {
  const { t } = useTranslation()
  if (!chosen.length) return null
  const count = chosen.reduce((sum, { options }) => sum + options.length, 0)
  return (
    <details className="offer__chosen" data-testid="chosen">
      <summary>{t('offer.chosen', { count })}</summary>
      {chosen.map(({ group, options }) => (
        <dl key={group}>
          {group && <dt className="offer__group">{group}</dt>}
          {options.map(([label, said]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      ))}
    </details>
  )
}

function Line({ line, money, number }: { line: OfferLine } & Omit<Props, 'lines'>) {
  const { t } = useTranslation()
  return (
    <li>
      <div className="offer__what">
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
      <Chosen chosen={line.chosen} />
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
