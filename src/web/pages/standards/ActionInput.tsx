import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'

/** Before which of a document's actions a standard is followed. */
export default function ActionInput({ id, field, value, invalid, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const { data } = useDescription(String(context?.('resource') ?? ''))
  const options = Object.values(data?.actions ?? {}).map(({ verb, label }) => ({ value: verb, label }))
  if (field.readonly)
    return <span className="field__value">{options.find((option) => option.value === value)?.label ?? String(value ?? '')}</span>
  return (
    <Select
      id={id}
      className="input--full"
      status={invalid ? 'error' : ''}
      showSearch={{ optionFilterProp: 'label' }}
      value={(value as string | null) || undefined}
      options={options}
      notFoundContent={t('designer.resourceFirst')}
      onChange={onChange}
    />
  )
}
