import { Checkbox, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { language } from '@/shared/i18n'
import './entry.css'

interface Entry {
  addresses?: string[]
  days?: number[]
  since?: string
  until?: string
}

const DAYS = [1, 2, 3, 4, 5, 6, 7]
/** 2024-01-01 was a Monday. */
const dayName = (day: number) => new Intl.DateTimeFormat(language(), { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))

/** From which networks and at which times somebody may work; what is left empty is not asked. */
export default function EntryInput({ id, field, value, invalid, onChange }: InputProps) {
  const { t } = useTranslation()
  const entry = (value ?? {}) as Entry
  const readonly = !!field.readonly
  const put = (part: Entry) => {
    const next = Object.entries({ ...entry, ...part }).filter(([, one]) => one?.length)
    onChange(Object.fromEntries(next))
  }
  if (readonly && !Object.keys(entry).length) return <p className="soft">{t('entry.always')}</p>
  return (
    <div className="entry" id={id} aria-invalid={invalid} data-testid="entry">
      <label className="entry__part" htmlFor={`${id}-addresses`}>
        <span>{t('entry.addresses')}</span>
        <Select
          id={`${id}-addresses`}
          mode="tags"
          open={false}
          suffixIcon={null}
          disabled={readonly}
          status={invalid ? 'error' : ''}
          tokenSeparators={[',', '，', ' ', ';']}
          placeholder={t('entry.everywhere')}
          value={entry.addresses ?? []}
          onChange={(addresses) => put({ addresses })}
        />
      </label>
      <fieldset className="entry__part">
        <legend>{t('entry.days')}</legend>
        <Checkbox.Group
          disabled={readonly}
          value={entry.days?.length ? entry.days : DAYS}
          options={DAYS.map((day) => ({ value: day, label: dayName(day) }))}
          onChange={(days) => put({ days: days.length === DAYS.length ? [] : [...days].sort() })}
        />
      </fieldset>
      <fieldset className="entry__part">
        <legend>{t('entry.hours')}</legend>
        <div className="entry__hours">
          {(['since', 'until'] as const).map((name) => (
            <Input
              key={name}
              type="time"
              disabled={readonly}
              aria-label={t(`entry.${name}`)}
              value={entry[name] ?? ''}
              onChange={(event) => put({ [name]: event.target.value })}
            />
          ))}
          <span className="soft">{t('entry.zone')}</span>
        </div>
      </fieldset>
    </div>
  )
}
