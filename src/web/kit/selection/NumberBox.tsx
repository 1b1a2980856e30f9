import { Button, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatList, formatNumber } from '@/shared/format'
import { type Answer, type Choices, changeSaid, entered, type Limit, numbered, type Option, type Ranges, say } from './model'
import { useChange } from './useChange'
import './number.css'

interface Props {
  table: number
  option: Option
  options: Option[]
  choices: Choices
  answer: Answer | undefined
  change: (choices: Choices) => void
  readonly: boolean
}

const figure = (value: string) => formatNumber(value, { max: 12 })
const rangesSaid = (ranges: Ranges, span: (low: string, high: string) => string) =>
  formatList(ranges.map(([low, high]) => (low === high ? figure(low) : span(figure(low), figure(high)))))

/** Why a number cannot be, the allowed ones next to it, and what would have to change for the one that was typed. */
export function NumberTrouble({
  table,
  name,
  limit,
  bounds,
  options,
  choices,
  change,
  put,
}: {
  table: number
  /** The option; of several, with the value: `grips.WG`. */
  name: string
  limit: Limit
  /** What the option itself allows, where the number is outside of that. */
  bounds?: string
  options: Option[]
  choices: Choices
  change: (choices: Choices) => void
  /** The choices with another number in its place. */
  put: (number: string) => Choices
}) {
  const { t } = useTranslation()
  const { wrong } = limit
  const way = useChange(table, choices, name, '', wrong ?? { change: null, later: false }).change
  if (!wrong) return null
  return (
    <div className="number__trouble" role="alert">
      <p>
        {wrong.rule ? <b>{wrong.rule}</b> : bounds} {say(wrong.sentence)}
      </p>
      <div className="number__ways">
        {wrong.nearest.map((number) => (
          <Button key={number} size="small" onClick={() => change(put(number))} data-testid={`take-${number}`}>
            {t('selection.takeNumber', { n: figure(number) })}
          </Button>
        ))}
        {way && (
          <Button size="small" onClick={() => change({ ...choices, ...way })} data-testid="keep-number">
            {t('selection.keepNumber', { change: changeSaid(options, way) })}
          </Button>
        )}
      </div>
      {!wrong.nearest.length && !way && <p className="soft">{t('selection.noNumber')}</p>}
    </div>
  )
}

/** A number or a quantity: what is typed stays, what is possible stands beside it. */
export function NumberBox({ table, option, options, choices, answer, change, readonly }: Props) {
  const { t } = useTranslation()
  const limit = answer?.limits[option.name]
  const chosen = choices[option.name]
  const held = answer?.values[option.name]
  const rules = limit?.rules.map((one) => one.rule) ?? []
  return (
    <>
      <div className="number">
        <InputNumber
          stringMode
          aria-labelledby={`option-${option.name}`}
          status={limit?.wrong ? 'error' : undefined}
          step={option.step}
          disabled={readonly}
          value={chosen === undefined || typeof chosen === 'object' ? null : String(chosen)}
          placeholder={typeof held === 'string' ? held : undefined}
          onChange={(next) => change(entered(choices, option, next))}
        />
        {limit && limit.ranges.length > 0 && (
          <span className="soft number__range" title={limit.rules.map((one) => `${one.rule} ${say(one.sentence)}`).join('\n')}>
            {t('selection.range', { ranges: rangesSaid(limit.ranges, (low, high) => t('selection.span', { low, high })) })}
            {rules.length > 0 && ` (${rules.join(', ')})`}
          </span>
        )}
      </div>
      {limit && !readonly && (
        <NumberTrouble
          table={table}
          name={option.name}
          limit={limit}
          bounds={answer?.problems.find((one) => one.option === option.name)?.detail}
          options={options}
          choices={choices}
          change={change}
          put={(next) => numbered(choices, option, next)}
        />
      )}
    </>
  )
}
