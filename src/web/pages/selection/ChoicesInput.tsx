import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { Configurator } from '@/kit/selection/Configurator'
import type { Choices } from '@/kit/selection/model'

/** The choices of a configuration, changed where they stand. */
export default function ChoicesInput({ value, onChange, context, field }: InputProps) {
  const { t } = useTranslation()
  const table = context?.('rule_set')
  const id = typeof table === 'object' && table !== null ? Number((table as { id: unknown }).id) : Number(table)
  if (!id) return <p className="soft">{t('selection.chooseTable')}</p>
  return <Configurator key={id} table={id} choices={(value as Choices | null) ?? {}} onChange={onChange} readonly={!!field.readonly} />
}
