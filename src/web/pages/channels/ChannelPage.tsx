import { useTranslation } from 'react-i18next'
import { SwitchedView } from '@/kit/document/SwitchedView'
import { CallbackPart } from './CallbackPart'
import { SecretPart } from './SecretPart'
import { Sent } from './Sent'
import './channels.css'

/** 消息通道: an account by which messages leave the house, its secret, and what became of them. */
export default function ChannelPage() {
  const { t } = useTranslation()
  return (
    <SwitchedView
      names={{ form: t('channel.account'), overview: t('channel.sent') }}
      first="form"
      overview={(doc) => <Sent key={doc.version} doc={doc} />}
      above={(doc) => (
        <>
          <SecretPart doc={doc} />
          <CallbackPart doc={doc} />
        </>
      )}
    />
  )
}
