import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'
import { pathOf } from '@/kit/field/path'
import { formatList } from '@/shared/format'
import { byName } from '@/shared/pinyin'

/** The fields of a document that must be filled in; those that people fill in themselves are offered. */
export default function FieldsInput({ id, field, value, invalid, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const { data } = useDescription(String(context?.('resource') ?? ''))
  const options = Object.values(data?.fields ?? {})
    .filter(({ readonly }) => !readonly)
    .map((one) => ({ value: pathOf(one), label: one.label }))
  const chosen = Array.isArray(value) ? (value as string[]) : []
  if (field.readonly)
    return (
      <span className="field__value">
        {formatList(chosen.map((one) => options.find((option) => option.value === one)?.label ?? one)) || '—'}
      </span>
    )
  return (
    <Select
      id={id}
      mode="multiple"
      className="input--full"
      status={invalid ? 'error' : ''}
      showSearch={byName}
      value={chosen}
      options={options}
      notFoundContent={t('designer.resourceFirst')}
      onChange={onChange}
    />
  )
}
