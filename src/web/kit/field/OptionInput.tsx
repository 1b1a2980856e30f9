import { Select } from 'antd'
import { byName } from '@/shared/pinyin'
import type { InputProps } from './overlays'

interface Offered extends InputProps {
  options: { value: string; label: string }[]
  /** Why there is nothing to choose yet. */
  nothing?: string
}

/** One of what is offered, by its name; read-only it is just the name. */
export function OptionInput({ id, field, value, invalid, onChange, options, nothing }: Offered) {
  if (field.readonly)
    return <span className="field__value">{options.find((option) => option.value === value)?.label ?? String(value ?? '')}</span>
  return (
    <Select
      id={id}
      className="input--full"
      status={invalid ? 'error' : ''}
      showSearch={byName}
      value={(value as string | null) || undefined}
      options={options}
      notFoundContent={nothing}
      onChange={onChange}
    />
  )
}
