import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useForm } from '@/kit/form/useForm'
import { ByLink } from './ByLink'
import { Form, NewPassword } from './Form'
import { Frame } from './Frame'

function ResetForm({ url }: { url: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const form = useForm({ password: '' }, url, () => setDone(true))
  if (done) return <Frame title={t('reset.done')} text={t('reset.doneText')} foot={<a href="/login">{t('login.go')}</a>} />
  return (
    <Frame title={t('reset.title')}>
      <Form form={form} go={t('reset.go')}>
        <NewPassword field={form.field('password')} label={t('reset.new')} autoFocus />
      </Form>
    </Frame>
  )
}

export function Reset({ secret }: { secret: string }) {
  const { t } = useTranslation()
  const url = `/api/v1/password/reset/${encodeURIComponent(secret)}/`
  return (
    <ByLink url={url} title={t('reset.title')} foot={<a href="/reset">{t('reset.again')}</a>}>
      {() => <ResetForm url={url} />}
    </ByLink>
  )
}
