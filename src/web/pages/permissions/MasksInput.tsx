import { DeleteOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription, useMeta } from '@/api/queries'
import type { Description } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { byName } from '@/shared/pinyin'
import { type Masks, masked } from './grants'
import './permissions.css'

const HOW = ['hide', 'middle', 'readonly'] as const

/** Fields of the document and of its lines, as a mask names them. */
function fieldOptions(description: Description | undefined) {
  if (!description) return []
  const own = Object.values(description.fields).map((field) => ({ value: field.name, label: field.label }))
  const lines = description.form.flatMap((part) =>
    part.kind === 'lines'
      ? Object.values(part.fields).map((field) => ({ value: `${part.name}.${field.name}`, label: `${part.title} · ${field.label}` }))
      : [],
  )
  return [...own, ...lines]
}

interface RowProps {
  masks: Masks
  resource: string
  field: string
  readonly: boolean
  onChange: (masks: Masks) => void
}

function MaskRow({ masks, resource, field, readonly, onChange }: RowProps) {
  const { t } = useTranslation()
  const { data } = useDescription(resource)
  const label = fieldOptions(data).find((option) => option.value === field)?.label ?? field
  const kind = useMeta().resources[resource]?.label ?? resource
  return (
    <li>
      <span>{kind}</span>
      <b>{label}</b>
      <Select
        size="small"
        disabled={readonly}
        aria-label={`${kind} ${label}`}
        value={masks[resource]?.[field]}
        options={HOW.map((how) => ({ value: how, label: t(`role.mask.${how}`) }))}
        onChange={(how) => onChange(masked(masks, resource, field, how))}
      />
      {!readonly && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('role.unmask', { name: label })}
          onClick={() => onChange(masked(masks, resource, field, null))}
        />
      )}
    </li>
  )
}

/** Fields that stay hidden, half-hidden or untouched whatever else is granted. */
export default function MasksInput({ field, value, onChange }: InputProps) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const [resource, setResource] = useState<string>()
  const { data } = useDescription(resource ?? '')
  const masks = (value ?? {}) as Masks
  const readonly = !!field.readonly
  const rows = Object.entries(masks).flatMap(([key, fields]) => Object.keys(fields).map((name) => ({ key, name })))
  return (
    <div className="masks">
      {rows.length === 0 && <p className="soft">{t('role.noMasks')}</p>}
      <ul>
        {rows.map(({ key, name }) => (
          <MaskRow key={`${key}.${name}`} masks={masks} resource={key} field={name} readonly={readonly} onChange={onChange} />
        ))}
      </ul>
      {!readonly && (
        <div className="masks__new">
          <Select
            showSearch={byName}
            placeholder={t('role.resource')}
            aria-label={t('role.resource')}
            value={resource}
            onChange={setResource}
            options={Object.entries(resources).map(([key, one]) => ({ value: key, label: one.label }))}
          />
          <Select
            showSearch={byName}
            placeholder={t('role.addMask')}
            aria-label={t('role.addMask')}
            disabled={!resource}
            value={null}
            options={fieldOptions(data)}
            onChange={(name: string | null) => resource && name && onChange(masked(masks, resource, name, 'hide'))}
          />
        </div>
      )}
    </div>
  )
}
