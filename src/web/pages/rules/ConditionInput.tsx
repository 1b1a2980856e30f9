import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import { readable } from '@/kit/formula/model'
import { useKind } from './useKinds'

/** Which documents a rule concerns, on their fields. */
export default function ConditionInput({ id, field, value, context, onChange }: InputProps) {
  const { t } = useTranslation()
  const names = useKind(context?.('resource'))?.fields ?? []
  const text = String(value ?? '')
  if (field.readonly) return <span>{text ? readable(text, names) : t('rule.everything')}</span>
  return <FormulaInput id={id} value={text} names={names} label={field.label} placeholder={t('rule.example')} onChange={onChange} />
}
