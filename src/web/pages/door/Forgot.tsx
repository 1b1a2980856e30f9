import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { Complaint, Frame } from './Frame'
import { useForm } from './useForm'

export function Forgot() {
  const { t } = useTranslation()
  const [sent, setSent] = useState(false)
  const form = useForm({ email: '' }, '/api/v1/password/reset/', () => setSent(true))
  const foot = <a href="/login">{t('forgot.back')}</a>
  if (sent) return <Frame title={t('forgot.sent')} text={t('forgot.sentText', { email: form.values.email })} foot={foot} />
  return (
    <Frame title={t('forgot.title')} text={t('forgot.text')} foot={foot}>
      <form onSubmit={(event) => void form.submit(event)} className="door__form">
        <Complaint text={form.problem} />
        <Field
          autoFocus
          name="email"
          type="email"
          label={t('email')}
          autoComplete="username"
          value={form.values.email}
          error={form.errors.email}
          onChange={(value) => form.set('email', value)}
        />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy} data-testid="submit">
          {t('forgot.go')}
        </Button>
      </form>
    </Frame>
  )
}
