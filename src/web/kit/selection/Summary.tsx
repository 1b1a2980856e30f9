import { CopyOutlined } from '@ant-design/icons'
import { App, Button, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatList, formatMoney, formatNumber } from '@/shared/format'
import { language } from '@/shared/i18n'
import { classes } from '@/shared/text'
import { type Answer, type Option, say, type Told, valueSaid } from './model'

function Said({ rows, kind }: { rows: Told[]; kind: 'broken' | 'warnings' | 'reviews' }) {
  const { t } = useTranslation()
  if (!rows.length) return null
  return (
    <ul className={classes('told', `told--${kind}`)} aria-label={t(`selection.${kind}`)} role={kind === 'broken' ? 'alert' : undefined}>
      {rows.map((one) => (
        <li key={one.rule}>
          <b>{one.rule}</b> {say(one.sentence)} {one.detail}
        </li>
      ))}
    </ul>
  )
}

function Prices({ answer, options }: { answer: Answer; options: Option[] }) {
  const { t } = useTranslation()
  const named = (name: string) => options.find((one) => one.name === name)
  return (
    <table className="amounts">
      <tbody>
        {answer.price.lines.map((line) => (
          <tr key={`${line.option} ${line.value}`}>
            <td>
              {say(named(line.option)?.label)}
              {(line.value || line.quantity === '1') && (
                <span className="soft"> {valueSaid(named(line.option), line.value ?? answer.values[line.option])}</span>
              )}
              {line.quantity !== '1' && <span className="soft"> × {line.quantity}</span>}
            </td>
            <td className="num">{formatMoney(line.amount)}</td>
          </tr>
        ))}
        {answer.price.steps.map((step) => (
          <tr key={step.name} className="amounts__step">
            <td>{say(step.label)}</td>
            <td className="num">{formatMoney(step.amount)}</td>
          </tr>
        ))}
        {answer.cost && (
          <tr className="amounts__cost">
            <td>{t('selection.cost')}</td>
            <td className="num">{formatMoney(answer.cost.total)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function Parts({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  if (!answer.bom.length && !answer.routing.length) return <p className="soft">{t('selection.noParts')}</p>
  return (
    <>
      <table className="amounts">
        <tbody>
          {answer.bom.map((line) => (
            <tr key={`${line.item} ${line.operation}`}>
              <td>
                {say(line.name)} <span className="soft">{line.item}</span>
              </td>
              <td className="num">{formatNumber(line.quantity, { max: 3 })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="amounts">
        <tbody>
          {answer.routing.map((step) => (
            <tr key={step.seq}>
              <td>
                <span className="soft">{step.seq}</span> {say(step.name)} <span className="soft">{step.centre}</span>
              </td>
              <td className="num">{t('selection.hours', { n: formatNumber(step.hours, { max: 2 }) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const size = ({ length, width, height }: Answer['crates'][number]) => [length, width, height].filter(Boolean).join(' × ')

function Packing({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  if (!answer.crates.length && !answer.documents.length) return <p className="soft">{t('selection.noPacking')}</p>
  return (
    <>
      <table className="amounts">
        <tbody>
          {answer.crates.map((crate) => (
            <tr key={`${say(crate.name)} ${size(crate)}`}>
              <td>
                {say(crate.name)} <span className="soft">{size(crate) && `${size(crate)} mm`}</span>
              </td>
              <td className="num">{crate.quantity}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer.documents.length > 0 && <p className="spec">{formatList(answer.documents)}</p>}
    </>
  )
}

/** What comes of the choices: code, price, time, what is wrong, and the details behind them. */
export function Summary({ answer, options, mend }: { answer: Answer; options: Option[]; mend?: ReactNode }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(answer.code)
    void message.success(t('selection.copied'))
  }
  const spec = answer.spec[language() === 'en' ? 'en' : 'zh']
  const tabs = [
    { key: 'price', label: t('selection.price'), children: <Prices answer={answer} options={options} /> },
    { key: 'spec', label: t('selection.spec'), children: <p className="spec">{spec}</p> },
    { key: 'parts', label: t('selection.parts'), children: <Parts answer={answer} /> },
    { key: 'packing', label: t('selection.sheet.crates'), children: <Packing answer={answer} /> },
  ]
  return (
    <aside className="panel answer" data-testid="answer" aria-live="polite">
      <div className="answer__code">
        <code data-testid="model-code">{answer.code || '—'}</code>
        <Button
          type="text"
          icon={<CopyOutlined />}
          aria-label={t('selection.copy')}
          title={t('selection.copy')}
          onClick={() => void copy()}
        />
      </div>
      <div className="answer__figures">
        <div>
          <span className="soft">{t('selection.listPrice')}</span>
          <b className="num" data-testid="list-price">
            {formatMoney(answer.price.list)}
          </b>
        </div>
        <div>
          <span className="soft">{t('selection.lead')}</span>
          <b className="num">{t('selection.days', { n: answer.lead_days })}</b>
        </div>
        <div>
          <span className="soft">{t('selection.weight')}</span>
          <b className="num">{formatNumber(answer.weight, { max: 0 })} kg</b>
          {answer.gross && <span className="soft num"> {t('selection.packed', { weight: formatNumber(answer.gross, { max: 0 }) })}</span>}
        </div>
      </div>
      <p className={classes('answer__state', `is-${answer.state}`)} data-testid="selection-state">
        {answer.state === 'editing' ? t('selection.missing', { n: answer.missing.length }) : t(`selection.state.${answer.state}`)}
      </p>
      <Said rows={answer.broken} kind="broken" />
      {mend}
      <Said rows={answer.warnings} kind="warnings" />
      <Said rows={answer.reviews} kind="reviews" />
      <Tabs size="small" items={tabs} />
    </aside>
  )
}
