import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import { readable } from '@/kit/formula/model'
import { useVocabulary } from './designer/useFlow'

/** When a flow applies, on the fields of the document it is for. */
export default function ConditionInput({ id, field, value, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const { names } = useVocabulary(String(context?.('resource') ?? ''), String(context?.('verb') ?? ''))
  const text = String(value ?? '')
  if (field.readonly) return <span className="field__value">{text ? readable(text, names) : t('designer.always')}</span>
  return <FormulaInput id={id} value={text} names={names} label={field.label} placeholder={t('designer.always')} onChange={onChange} />
}
