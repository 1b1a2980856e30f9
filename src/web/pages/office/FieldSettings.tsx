import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import { Labelled } from './Labelled'
import {
  changed,
  type DesignField,
  fieldsAt,
  LINES,
  moved,
  namesOf,
  optionsOf,
  type Place,
  placeKey,
  removed,
  said,
  WORKED_OUT,
} from './model'
import { Options } from './Options'
import { RefSettings } from './RefSettings'
import { SpanSettings } from './SpanSettings'
import type { Drawing } from './useDesign'

interface Props {
  drawing: Drawing
  place: Place
  field: DesignField
}

function Moves({ drawing: { design, set, choose }, place }: Omit<Props, 'field'>) {
  const { t } = useTranslation()
  const count = fieldsAt(design, place.where).length
  const step = (by: 1 | -1) => {
    const at = place.at + by
    set(moved(design, place, { where: place.where, at: by > 0 ? at + 1 : at }))
    choose({ where: place.where, at })
  }
  const to = (where: Place['where']) => {
    set(moved(design, place, { where, at: fieldsAt(design, where).length }))
    choose(null)
  }
  const places = [
    ...design.sections.map((section, at) => ({
      value: at as Place['where'],
      label: said({ label: section.title, label_en: section.title_en }) || `${t('office.section')} ${at + 1}`,
    })),
    ...(design.lines
      ? [
          {
            value: LINES as Place['where'],
            label: said({ label: design.lines.title, label_en: design.lines.title_en }) || t('office.lines'),
          },
        ]
      : []),
  ]
  const remove = () => {
    choose(null)
    set(removed(design, place))
  }
  return (
    <div className="settings__moves">
      <Button size="small" icon={<ArrowUpOutlined />} disabled={place.at === 0} aria-label={t('office.earlier')} onClick={() => step(-1)} />
      <Button
        size="small"
        icon={<ArrowDownOutlined />}
        disabled={place.at >= count - 1}
        aria-label={t('office.later')}
        onClick={() => step(1)}
      />
      <Select size="small" value={place.where} options={places} aria-label={t('office.inSection')} onChange={to} />
      <Button size="small" danger icon={<DeleteOutlined />} aria-label={t('office.removeField')} onClick={remove} />
    </div>
  )
}

const RESULTS = ['decimal', 'int', 'money', 'text', 'date', 'bool']
const DEFAULTS = ['text', 'int', 'decimal', 'money', 'choice', 'half']
const SCALED = ['decimal', 'working', 'balance']

/** Everything about one field; what is wrong with a setting stands below it. */
export function FieldSettings({ drawing, place, field }: Props) {
  const { t } = useTranslation()
  const { design, set, errors } = drawing
  const wrong = errors[placeKey(place)] ?? {}
  const change = (values: Partial<DesignField>) => set(changed(design, place, values))
  const line = place.where === LINES
  const names = namesOf(design, line ? LINES : null).filter((one) => one.name !== field.name)
  const text = (name: 'label' | 'label_en' | 'help' | 'help_en' | 'name', label: string) => (
    <Labelled label={label} problem={wrong[name]}>
      {(id) => <Input id={id} value={field[name] ?? ''} onChange={(event) => change({ [name]: event.target.value })} />}
    </Labelled>
  )
  const formula = (name: 'formula' | 'visible' | 'required_if', label: string) => (
    <Labelled label={label}>
      {(id) => (
        <FormulaInput
          id={id}
          value={field[name] ?? ''}
          names={name === 'formula' ? names : namesOf(design, null).filter((one) => one.name !== field.name)}
          problem={wrong[name]}
          placeholder={t(`office.example.${name}`)}
          onChange={(next) => change({ [name]: next })}
        />
      )}
    </Labelled>
  )
  const tick = (name: 'required' | 'wide', label: string) => (
    <Checkbox checked={!!field[name]} onChange={(event) => change({ [name]: event.target.checked })}>
      {label}
    </Checkbox>
  )
  return (
    <div className="settings" data-testid="field-settings">
      <Moves drawing={drawing} place={place} />
      {text('label', t('office.label'))}
      {text('label_en', t('office.labelEn'))}
      {text('name', t('office.key'))}
      {field.kind === 'computed' && (
        <>
          {formula('formula', t('office.formula'))}
          <Labelled label={t('office.result')} problem={wrong.result}>
            {(id) => (
              <Select
                id={id}
                value={field.result ?? 'decimal'}
                options={RESULTS.map((value) => ({ value, label: t(`office.kind.${value}`) }))}
                onChange={(result) => change({ result })}
              />
            )}
          </Labelled>
        </>
      )}
      {(field.kind === 'choice' || field.kind === 'choices') && (
        <Options options={field.options ?? []} problem={wrong.options} onChange={(options) => change({ options })} />
      )}
      {field.kind === 'ref' && <RefSettings field={field} problem={wrong.target ?? wrong.states} onChange={change} />}
      {field.kind === 'working' && (
        <SpanSettings design={design} place={place} field={field} problem={wrong.span} onChange={(span) => change({ span })} />
      )}
      {field.kind === 'balance' && <p className="soft">{t('office.balanceHelp')}</p>}
      {(SCALED.includes(field.kind) || field.result === 'decimal') && (
        <Labelled label={t('office.scale')} problem={wrong.scale}>
          {(id) => <InputNumber id={id} min={0} max={6} value={field.scale ?? 6} onChange={(scale) => change({ scale: scale ?? 6 })} />}
        </Labelled>
      )}
      {DEFAULTS.includes(field.kind) && (
        <Labelled label={t('office.default')} problem={wrong.default}>
          {(id) =>
            optionsOf(field) ? (
              <Select
                id={id}
                allowClear
                value={(field.default as string | undefined) ?? undefined}
                options={optionsOf(field)}
                onChange={(value) => change({ default: value })}
              />
            ) : (
              <Input id={id} value={String(field.default ?? '')} onChange={(event) => change({ default: event.target.value })} />
            )
          }
        </Labelled>
      )}
      <div className="settings__ticks">
        {!WORKED_OUT.includes(field.kind) && tick('required', t('office.required'))}
        {!line && tick('wide', t('office.wide'))}
        {!line && (
          <Checkbox checked={field.list !== false} onChange={(event) => change({ list: event.target.checked })}>
            {t('office.inList')}
          </Checkbox>
        )}
      </div>
      {!line && formula('visible', t('office.visible'))}
      {!line && !WORKED_OUT.includes(field.kind) && formula('required_if', t('office.requiredIf'))}
      {text('help', t('office.help'))}
      {text('help_en', t('office.helpEn'))}
    </div>
  )
}
