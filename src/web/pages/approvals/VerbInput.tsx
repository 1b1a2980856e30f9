import { useTranslation } from 'react-i18next'
import { OptionInput } from '@/kit/field/OptionInput'
import type { InputProps } from '@/kit/field/overlays'
import { useKinds } from './designer/useFlow'

/** Which of a document's actions waits for approval. */
export default function VerbInput(input: InputProps) {
  const { t } = useTranslation()
  const { data } = useKinds()
  const verbs = data?.rows.find(({ resource }) => resource === input.context?.('resource'))?.verbs ?? []
  return <OptionInput {...input} options={verbs.map(({ verb, label }) => ({ value: verb, label }))} nothing={t('designer.resourceFirst')} />
}
