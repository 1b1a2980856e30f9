import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { useKinds } from './designer/useFlow'

/** Which of a document's actions waits for approval. */
export default function VerbInput({ id, field, value, invalid, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const { data } = useKinds()
  const verbs = data?.rows.find(({ resource }) => resource === context?.('resource'))?.verbs ?? []
  const options = verbs.map(({ verb, label }) => ({ value: verb, label }))
  if (field.readonly)
    return <span className="field__value">{options.find((option) => option.value === value)?.label ?? String(value ?? '')}</span>
  return (
    <Select
      id={id}
      className="input--full"
      status={invalid ? 'error' : ''}
      value={(value as string | null) || undefined}
      options={options}
      notFoundContent={t('designer.resourceFirst')}
      onChange={onChange}
    />
  )
}
