import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import { OptionInput } from '@/kit/field/OptionInput'
import type { InputProps } from '@/kit/field/overlays'

/** Before which of a document's actions a standard is followed. */
export default function ActionInput(input: InputProps) {
  const { t } = useTranslation()
  const { data } = useDescription(String(input.context?.('resource') ?? ''))
  const options = Object.values(data?.actions ?? {}).map(({ verb, label }) => ({ value: verb, label }))
  return <OptionInput {...input} options={options} nothing={t('designer.resourceFirst')} />
}
