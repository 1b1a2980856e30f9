import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Trouble } from '@/shared/Trouble'
import { HOME } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'

export function Missing() {
  const { t } = useTranslation()
  return (
    <Trouble missing title={t('trouble.not_found')}>
      <Button type="primary" onClick={() => openTab(HOME)}>
        {t('shell.home')}
      </Button>
    </Trouble>
  )
}
