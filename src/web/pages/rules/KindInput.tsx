import { Select } from 'antd'
import type { InputProps } from '@/kit/field/overlays'
import { useKinds } from './useKinds'

/** What is watched. */
export default function KindInput({ id, field, value, invalid, onChange }: InputProps) {
  const kinds = useKinds()
  if (field.readonly) return <span>{kinds.find(({ key }) => key === value)?.label ?? String(value ?? '')}</span>
  return (
    <Select
      id={id}
      className="input--full"
      status={invalid ? 'error' : ''}
      showSearch={{ optionFilterProp: 'label' }}
      value={(value as string) || undefined}
      options={kinds.map(({ key, label }) => ({ value: key, label }))}
      onChange={onChange}
    />
  )
}
