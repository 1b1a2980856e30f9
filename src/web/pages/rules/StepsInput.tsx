import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { classes } from '@/shared/text'
import { added, backwards, changed, type Kind, mark, type Step, stepsOf } from './model'
import { PersonPicker } from './PersonPicker'
import { useKind } from './useKinds'
import './rules.css'

const WAYS = ['email', 'sms', 'wecom', 'dingtalk', 'wechat', 'webhook']

interface RungProps {
  id: string
  step: Step
  wrong: boolean
  kind: Kind | undefined
  hours: boolean
  onChange: (next: Partial<Step>) => void
  onRemove?: () => void
}

function Rung({ id, step, wrong, kind, hours, onChange, onRemove }: RungProps) {
  const { t } = useTranslation()
  return (
    <li className={classes('rung', wrong && 'is-wrong')} data-testid="rung">
      <b className="rung__mark">{mark(step.days)}</b>
      <div className="rung__when">
        <InputNumber
          aria-label={t('rule.days')}
          status={wrong ? 'error' : ''}
          precision={0}
          value={step.days}
          onChange={(days) => onChange({ days: days ?? 0 })}
        />
        <span>{t(hours ? 'rule.hours' : 'rule.daysUnit')}</span>
        {onRemove && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('rule.removeStep')} onClick={onRemove} />}
      </div>
      {step.to.map((person, at) => (
        <PersonPicker
          key={at}
          id={`${id}-${at}`}
          person={person}
          kind={kind}
          onChange={(next) => onChange({ to: step.to.map((one, place) => (place === at ? next : one)) })}
          onRemove={step.to.length > 1 ? () => onChange({ to: step.to.filter((_one, place) => place !== at) }) : undefined}
        />
      ))}
      <Button
        size="small"
        type="link"
        icon={<PlusOutlined />}
        onClick={() => onChange({ to: [...step.to, { who: 'superior', level: 1 }] })}
      >
        {t('rule.person')}
      </Button>
      <Select
        mode="multiple"
        size="small"
        allowClear
        aria-label={t('rule.also')}
        placeholder={t('rule.also')}
        value={step.channels ?? []}
        options={WAYS.map((value) => ({ value, label: t(`channel.kind.${value}`) }))}
        onChange={(channels) => onChange({ channels })}
      />
      {wrong && <p className="field__error">{t('rule.backwards')}</p>}
    </li>
  )
}

/** The ladder, drawn as a line: on each rung when, and who is told. */
export default function StepsInput({ id, field, value, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const kind = useKind(context?.('resource'))
  const steps = stepsOf(value)
  const wrong = backwards(steps)
  return (
    <fieldset className="ladder" id={id} disabled={field.readonly} data-testid="ladder">
      <ol>
        {steps.map((step, at) => (
          <Rung
            key={at}
            id={`${id}-${at}`}
            step={step}
            wrong={wrong.includes(at)}
            kind={kind}
            hours={context?.('unit_of_time') === 'hours'}
            onChange={(next) => onChange(changed(steps, at, next))}
            onRemove={steps.length > 1 ? () => onChange(steps.filter((_one, place) => place !== at)) : undefined}
          />
        ))}
        <li className="rung rung--more">
          <Button icon={<PlusOutlined />} data-testid="add-rung" onClick={() => onChange(added(steps))}>
            {t('rule.addStep')}
          </Button>
        </li>
      </ol>
    </fieldset>
  )
}
