import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { Trouble } from '@/shared/Trouble'

/** The workspace cannot be drawn at all. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation()
  return (
    <Trouble title={problemOf(error).detail}>
      <Button type="primary" onClick={() => location.reload()}>
        {t('again')}
      </Button>
    </Trouble>
  )
}
