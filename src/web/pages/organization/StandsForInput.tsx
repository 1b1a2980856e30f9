import { useTranslation } from 'react-i18next'
import { OptionInput } from '@/kit/field/OptionInput'
import type { InputProps } from '@/kit/field/overlays'
import { usePrintParts } from './blocks'

/** In the place of which ready form a layout is printed. */
export default function StandsForInput(input: InputProps) {
  const { t } = useTranslation()
  const ready = usePrintParts(String(input.context?.('resource') ?? ''))?.ready ?? []
  const none = { value: '', label: t('blocks.own') }
  return <OptionInput {...input} value={input.value ?? ''} options={[none, ...ready]} nothing={t('blocks.choose')} />
}
