import { useTranslation } from 'react-i18next'
import { SwitchedView } from '@/kit/document/SwitchedView'
import { Deliveries } from './Deliveries'
import { KeyPanel } from './KeyPanel'

/** 事件推送: what another program is told, the key it checks with, and how telling went. */
export default function WebhookPage() {
  const { t } = useTranslation()
  return (
    <SwitchedView
      names={{ form: t('webhook.settings'), overview: t('webhook.deliveries') }}
      first="form"
      overview={(doc) => <Deliveries doc={doc} />}
      above={(doc) => <KeyPanel doc={doc} />}
    />
  )
}
