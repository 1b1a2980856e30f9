import { CheckOutlined, StopOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Popover } from 'antd'
import { type RefObject, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, RefValue } from '@/api/types'
import { FileInput } from '@/kit/field/FileInput'
import { classes } from '@/shared/text'
import {
  type Answer,
  type Choices,
  changeSaid,
  clicked,
  counted,
  type Disabled,
  entered,
  fileOf,
  madePossible,
  numbered,
  type Option,
  type OptionValue,
  say,
  several,
} from './model'
import { NumberBox, NumberTrouble } from './NumberBox'
import { useChange } from './useChange'

interface Props {
  table: number
  option: Option
  options: Option[]
  choices: Choices
  answer: Answer | undefined
  change: (choices: Choices) => void
  readonly: boolean
}

/** Why a value is not possible, and one button that makes it so. */
function Why({
  told,
  code,
  take,
  button,
  ...props
}: Props & {
  told: Disabled
  code: string
  take: (change: Choices) => void
  button: RefObject<HTMLButtonElement | null>
}) {
  const { t } = useTranslation()
  const { change, busy } = useChange(props.table, props.choices, props.option.name, code, told)
  return (
    <div className="why">
      <p>
        <b>{told.rule}</b> {say(told.sentence)}
      </p>
      {change ? (
        <>
          <p className="soft">{changeSaid(props.options, change)}</p>
          <Button type="primary" size="small" ref={button} onClick={() => take(change)} data-testid="make-possible">
            {t('selection.makePossible')}
          </Button>
        </>
      ) : (
        <p className="soft">{busy ? t('selection.looking') : t('selection.farAway')}</p>
      )}
    </div>
  )
}

function Value({ value, ...props }: Props & { value: OptionValue }) {
  const { option, choices, answer, change, readonly } = props
  const { t } = useTranslation()
  const multi = option.kind === 'multi'
  const held = answer?.values[option.name]
  const on = multi ? !!several(held)[value.code] : held === value.code
  const told = answer?.disabled[option.name]?.[value.code]
  const count = several(choices[option.name])[value.code]
  const seat = useRef<HTMLButtonElement>(null)
  const way = useRef<HTMLButtonElement>(null)
  const byKey = useRef(false)
  const take = (way: Choices) => {
    change(madePossible(choices, option, value.code, way))
    seat.current?.focus()
  }
  const chip = (
    <button
      ref={seat}
      type="button"
      aria-pressed={on}
      aria-describedby={told ? `${option.name}-${value.code}-why` : undefined}
      disabled={readonly}
      className={classes('chip', on && 'is-on', told && 'is-off', on && told && 'is-broken')}
      data-testid={`value-${option.name}-${value.code}`}
      onClick={({ detail }) => {
        byKey.current = detail === 0
        if (!told || on) change(clicked(choices, option, value.code))
      }}
    >
      {on && !told && <CheckOutlined />}
      {told && <StopOutlined />}
      <span>{say(value.name)}</span>
      {told && (
        <span id={`${option.name}-${value.code}-why`} className="visually-hidden">
          {told.rule} {say(told.sentence)}
        </span>
      )}
    </button>
  )
  return (
    <span className="chip__seat">
      {told && !readonly ? (
        <Popover
          trigger={on ? ['hover', 'focus'] : ['click', 'hover']}
          destroyOnHidden
          content={<Why {...props} told={told} code={value.code} take={take} button={way} />}
          afterOpenChange={(open) => open && byKey.current && way.current?.focus()}
        >
          {chip}
        </Popover>
      ) : (
        chip
      )}
      {multi && count !== undefined && value.most > 1 && (
        <InputNumber
          size="small"
          min={1}
          max={value.most}
          precision={0}
          value={count}
          disabled={readonly}
          aria-label={t('selection.quantityOf', { name: say(value.name) })}
          onChange={(next) => next && change(counted(choices, option, value.code, next))}
        />
      )}
    </span>
  )
}

/** A drawing or another file: sent at once, it belongs to the configuration when that is kept. */
function ChosenFile({ option, choices, change, shown }: Props & { shown: string }) {
  const field: Field = { name: option.name, label: say(option.label), type: 'file' }
  const take = (value: unknown) => {
    const file = value as RefValue | null
    change(entered(choices, option, file && `${file.id} ${file.label}`))
  }
  return <FileInput id={`file-${option.name}`} field={field} value={fileOf(shown)} onChange={take} />
}

/** One position of the table: its values as buttons, or a figure or text to enter. */
export function OptionBox(props: Props) {
  const { option, choices, answer, change, readonly } = props
  const { t } = useTranslation()
  const id = `option-${option.name}`
  const missing = answer?.missing.includes(option.name)
  const told = answer?.problems.find((one) => one.option === option.name)?.detail
  const trouble = answer?.limits[option.name]?.wrong && !readonly ? undefined : told
  const chosen = choices[option.name]
  const shown = chosen === undefined || typeof chosen === 'object' ? '' : String(chosen)
  return (
    <div className={classes('option', missing && 'is-missing')} data-testid={id}>
      <div className="option__head" id={id}>
        {say(option.label)}
        {option.unit && option.kind !== 'text' && <span className="soft"> {option.unit}</span>}
        {missing && <span className="option__missing">{t('selection.choose')}</span>}
      </div>
      {option.values.length > 0 && (
        <fieldset className="chips" aria-labelledby={id}>
          {option.values.map((value) => (
            <Value key={value.code} value={value} {...props} />
          ))}
        </fieldset>
      )}
      {(option.kind === 'number' || option.kind === 'quantity') && <NumberBox {...props} />}
      {option.kind === 'file' && (readonly ? <span>{fileOf(shown)?.label ?? '—'}</span> : <ChosenFile {...props} shown={shown} />)}
      {option.kind === 'text' && (
        <Input
          aria-labelledby={id}
          maxLength={500}
          disabled={readonly}
          value={shown}
          onChange={(event) => change(entered(choices, option, event.target.value))}
        />
      )}
      {!readonly &&
        Object.keys(several(chosen)).map((code) => {
          const limit = answer?.limits[`${option.name}.${code}`]
          const put = (next: string) => numbered(choices, option, next, code)
          return limit && <NumberTrouble key={code} {...props} name={`${option.name}.${code}`} limit={limit} put={put} />
        })}
      {trouble && <p className="option__trouble">{trouble}</p>}
    </div>
  )
}
