import { Button, Result } from 'antd'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'

/** The workspace cannot be drawn at all. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  return (
    <Result
      status="warning"
      title={problemOf(error).detail}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {t('again')}
        </Button>
      }
    />
  )
}
