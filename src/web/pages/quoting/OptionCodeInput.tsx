import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { RefValue, Rows } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { byName } from '@/shared/pinyin'

interface Named {
  code: string
  label: string
  tables: string[]
}

/** Which option a price policy is about: option and value of a selection table, narrowed by the item and series of the policy. */
export default function OptionCodeInput({ id, field, value, invalid, onChange, context }: InputProps) {
  const { t } = useTranslation()
  const asked = new URLSearchParams()
  for (const name of ['item', 'series']) {
    const chosen = (context?.(name) as RefValue | null)?.id
    if (chosen) asked.set(name, String(chosen))
  }
  const { data, isPending } = useQuery({
    queryKey: ['policy-options', asked.toString()],
    queryFn: () => get<Rows<Named>>(`/api/v1/pricing/policies/options/?${asked}`),
  })
  const options = (data?.rows ?? []).map(({ code, label, tables }) => ({
    value: code,
    label: `${label} (${code})`,
    title: tables.join(', '),
  }))
  const shown = options.find((one) => one.value === value)?.label
  if (field.readonly) return <span className="field__value">{shown ?? String(value ?? '')}</span>
  return (
    <Select
      id={id}
      className="input--full"
      status={invalid ? 'error' : ''}
      allowClear
      showSearch={byName}
      loading={isPending}
      value={(value as string | null) || undefined}
      options={options}
      notFoundContent={t('quote.noOptions')}
      onChange={(next: string | undefined) => onChange(next ?? null)}
    />
  )
}
