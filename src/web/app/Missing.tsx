import { Result } from 'antd'
import { useTranslation } from 'react-i18next'

export function Missing() {
  const { t } = useTranslation()
  return <Result status="404" title={t('trouble.not_found')} />
}
