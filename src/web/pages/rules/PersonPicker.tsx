import { CloseOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/types'
import { RefInput } from '@/kit/field/RefInput'
import { byName } from '@/shared/pinyin'
import { type Kind, type Person, WHO } from './model'

interface Props {
  id: string
  person: Person
  kind: Kind | undefined
  onChange: (next: Person) => void
  onRemove?: () => void
}

const ref = (resource: string, label: string): Field => ({ name: 'id', label, type: 'ref', resource })

/** Somebody on a rung: by their place towards the document, by role, by name, or by a field. */
export function PersonPicker({ id, person, kind, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  const label = t('rule.who.label')
  const start = (who: Person['who']) => onChange(who === 'superior' ? { who, level: 1 } : { who })
  return (
    <div className="rung__person">
      <Select
        aria-label={label}
        value={person.who}
        popupMatchSelectWidth={false}
        options={WHO.map((value) => ({ value, label: t(`rule.who.${value}`) }))}
        onChange={start}
      />
      {person.who === 'superior' && (
        <InputNumber
          aria-label={t('rule.level')}
          min={1}
          max={10}
          value={person.level ?? 1}
          onChange={(level) => onChange({ ...person, level: level ?? 1 })}
        />
      )}
      {(person.who === 'role' || person.who === 'member') && (
        <RefInput
          id={id}
          field={ref(person.who === 'role' ? 'organization.role' : 'organization.member', label)}
          value={person.id ?? null}
          onChange={(next) => onChange({ who: person.who, id: Number((next as { id: number } | null)?.id) })}
        />
      )}
      {person.who === 'field' && (
        <Select
          aria-label={label}
          showSearch={byName}
          value={person.field}
          popupMatchSelectWidth={false}
          options={(kind?.people ?? []).map(({ name, label: told }) => ({ value: name, label: told }))}
          onChange={(field) => onChange({ who: 'field', field })}
        />
      )}
      {onRemove && <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('rule.without')} onClick={onRemove} />}
    </div>
  )
}
