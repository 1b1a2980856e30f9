import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useForm } from '@/kit/form/useForm'
import { Email, Form } from './Form'
import { Frame } from './Frame'

export function Forgot() {
  const { t } = useTranslation()
  const [sent, setSent] = useState(false)
  const form = useForm({ email: '' }, '/api/v1/password/reset/', () => setSent(true))
  const foot = <a href="/login">{t('forgot.back')}</a>
  if (sent) return <Frame title={t('forgot.sent')} text={t('forgot.sentText', { email: form.values.email })} foot={foot} />
  return (
    <Frame title={t('forgot.title')} text={t('forgot.text')} foot={foot}>
      <Form form={form} go={t('forgot.go')}>
        <Email field={form.field('email')} autoFocus />
      </Form>
    </Frame>
  )
}
