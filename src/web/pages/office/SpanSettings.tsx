import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { FieldSelect } from './FieldSelect'
import { Labelled } from './Labelled'
import { type Design, type DesignField, type DesignSpan, fieldsAt, type Place } from './model'

interface Props {
  design: Design
  place: Place
  field: DesignField
  problem?: string
  onChange: (span: DesignSpan) => void
}

const UNITS = ['days', 'hours'] as const

/** Working time: where it begins and ends, in days or hours, with halves of days. */
export function SpanSettings({ design, place, field, problem, onChange }: Props) {
  const { t } = useTranslation()
  const span = field.span ?? {}
  const fields = fieldsAt(design, place.where)
  const kind = fields.find((one) => one.name === span.from)?.kind
  const within = place.where === 'lines' ? fields : undefined
  const ends = [
    ['from', ['date', 'datetime']],
    ['until', kind ? [kind] : ['date', 'datetime']],
  ] as const
  const halves = kind === 'datetime' ? [] : (['from_half', 'until_half'] as const)
  return (
    <>
      <p className="soft">{t('office.span.help')}</p>
      {[...ends, ...halves.map((name) => [name, ['half']] as const)].map(([name, kinds]) => (
        <Labelled key={name} label={t(`office.span.${name}`)} problem={name === 'from' ? problem : undefined}>
          {(id) => (
            <FieldSelect
              id={id}
              design={design}
              fields={within}
              kinds={[...kinds]}
              value={span[name]}
              onChange={(next) => onChange({ ...span, [name]: next })}
            />
          )}
        </Labelled>
      ))}
      <Segmented
        block
        value={span.unit ?? 'days'}
        options={UNITS.map((value) => ({ value, label: t(`office.span.${value}`) }))}
        onChange={(unit) => onChange({ ...span, unit })}
      />
    </>
  )
}
