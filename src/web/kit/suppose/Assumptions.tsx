import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import type { Field, RefValue } from '@/api/types'
import { FieldInput } from '@/kit/field/registry'
import type { Supposed, Wish } from './model'

const DAYS = ['signed', 'shipped', 'installed', 'accepted'] as const

/** On which days things are supposed to happen, what money costs, and a usual plan to begin with. */
export function Assumptions({ found, wish, onChange }: { found: Supposed; wish: Wish; onChange: (next: Wish) => void }) {
  const { t } = useTranslation()
  const schemes = useDescription('contracts.scheme').data
  const date = (name: string): Field => ({
    name,
    label: t(`suppose.day.${name}`),
    type: 'date',
    readonly: found.fixed.includes(name),
  })
  const rate: Field = { name: 'rate', label: t('suppose.rate'), type: 'percent', scale: 2 }
  const scheme: Field = { name: 'scheme', label: t('suppose.scheme'), type: 'ref', resource: 'contracts.scheme' }
  return (
    <div className="suppose__given">
      {schemes && (
        <label htmlFor="suppose-scheme">
          <span>{scheme.label}</span>
          <FieldInput
            id="suppose-scheme"
            field={scheme}
            value={wish.scheme}
            onChange={(next) => onChange({ ...wish, plan: undefined, scheme: (next as RefValue | null) ?? undefined })}
          />
        </label>
      )}
      {DAYS.map((name) => (
        <label key={name} htmlFor={`suppose-${name}`}>
          <span>{date(name).label}</span>
          {found.fixed.includes(name) ? (
            <b>{found.dates[name]}</b>
          ) : (
            <FieldInput
              id={`suppose-${name}`}
              field={date(name)}
              value={wish.dates?.[name] ?? found.dates[name]}
              onChange={(next) => onChange({ ...wish, dates: { ...wish.dates, [name]: String(next ?? '') } })}
            />
          )}
        </label>
      ))}
      <label htmlFor="suppose-rate">
        <span>{rate.label}</span>
        <FieldInput
          id="suppose-rate"
          field={rate}
          value={wish.rate ?? found.rate}
          onChange={(next) => onChange({ ...wish, rate: String(next ?? '') })}
        />
      </label>
    </div>
  )
}
