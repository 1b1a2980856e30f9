import { Select } from 'antd'
import { useMeta } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'
import { byName } from '@/shared/pinyin'
import { useKinds } from './designer/useFlow'

/** A document type by its name; those that can be put under approval are offered. */
export default function ResourceInput({ id, field, value, invalid, onChange }: InputProps) {
  const { resources } = useMeta()
  const { data } = useKinds(!field.readonly)
  const chosen = typeof value === 'string' ? value : ''
  if (field.readonly) return <span className="field__value">{resources[chosen]?.label ?? chosen}</span>
  return (
    <Select
      id={id}
      className="input--full"
      showSearch={byName}
      status={invalid ? 'error' : ''}
      value={chosen || undefined}
      options={data?.rows.map(({ resource, label }) => ({ value: resource, label }))}
      onChange={onChange}
    />
  )
}
