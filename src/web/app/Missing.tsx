import { useTranslation } from 'react-i18next'
import { Trouble } from '@/shared/Trouble'

export function Missing() {
  const { t } = useTranslation()
  return <Trouble missing title={t('trouble.not_found')} />
}
