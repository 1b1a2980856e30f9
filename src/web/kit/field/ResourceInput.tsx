import { Select } from 'antd'
import { useMeta } from '@/api/queries'
import { byName } from '@/shared/pinyin'
import type { InputProps } from './overlays'

/** A document type, chosen by its name. */
export function ResourceInput({ id, value, onChange, invalid }: InputProps) {
  const { menu, resources } = useMeta()
  const groups = menu.map((group) => ({
    label: group.label,
    options: group.items.filter(({ key }) => resources[key]).map(({ key }) => ({ value: key, label: resources[key]?.label })),
  }))
  return (
    <Select
      id={id}
      className="input--full"
      allowClear
      showSearch={byName}
      status={invalid ? 'error' : ''}
      value={value ? String(value) : null}
      options={groups.filter((group) => group.options.length > 0)}
      popupMatchSelectWidth={280}
      onChange={(key?: string) => onChange(key ?? null)}
    />
  )
}
