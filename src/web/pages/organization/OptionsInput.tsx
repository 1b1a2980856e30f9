import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'

const CHOICES = ['choice', 'choices']

/** What can be chosen in an own field, typed one after the other or pasted; fields of other kinds have nothing to choose. */
export default function OptionsInput({ field, value, onChange, id, context }: InputProps) {
  const { t } = useTranslation()
  return (
    <Select
      id={id}
      className="input--full"
      mode="tags"
      open={false}
      suffixIcon={null}
      disabled={!!field.readonly || !CHOICES.includes(String(context?.('kind')))}
      tokenSeparators={['\n', '\t', ',', '，', '、', ';', '；']}
      placeholder={t('customField.options')}
      value={(value ?? []) as string[]}
      onChange={onChange}
    />
  )
}
