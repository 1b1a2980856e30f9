import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { byName } from '@/shared/pinyin'
import type { Kind } from './model'
import { useKind } from './useKinds'

const DATES = ['date', 'datetime']

function optionsFor(name: string, kind: Kind | undefined) {
  if (!kind) return []
  if (name === 'kinds') return kind.events.map((event) => ({ value: event.kind, label: event.label }))
  const fields = name === 'field' ? kind.fields.filter(({ type }) => DATES.includes(type)) : kind.fields
  return fields.filter((field) => !field.name.startsWith('custom.')).map((field) => ({ value: field.name, label: field.label }))
}

/** Names of fields and events, chosen by what people call them: the date counted from, what is told, what puts documents together. */
export default function NameInput({ id, field, value, invalid, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const options = optionsFor(field.name, useKind(context?.('resource')))
  const anchor = context?.('anchor')
  const idle = (field.name === 'field' && anchor !== 'date') || (field.name === 'kinds' && anchor !== 'silent')
  const many = field.name === 'facts' || field.name === 'kinds'
  const chosen =
    field.name === 'kinds'
      ? String(value ?? '')
          .split(/\s+/)
          .filter(Boolean)
      : value
  if (field.readonly) {
    const labels = (Array.isArray(chosen) ? chosen : [chosen]).map((one) => options.find((option) => option.value === one)?.label ?? one)
    return <span>{labels.filter(Boolean).join(' · ') || '—'}</span>
  }
  return (
    <Select
      id={id}
      className="input--full"
      allowClear
      disabled={idle}
      mode={many ? 'multiple' : undefined}
      status={invalid ? 'error' : ''}
      placeholder={idle ? t('rule.notNeeded') : undefined}
      showSearch={byName}
      value={(chosen as string | string[]) || undefined}
      options={options}
      onChange={(next) => onChange(field.name === 'kinds' ? ((next ?? []) as string[]).join(' ') : (next ?? (many ? [] : '')))}
    />
  )
}
