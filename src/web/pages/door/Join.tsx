import { useTranslation } from 'react-i18next'
import { useForm } from '@/kit/form/useForm'
import { ByLink } from './ByLink'
import { Field } from './Field'
import { Form, NewPassword } from './Form'
import { Frame } from './Frame'
import type { Entry } from './model'

interface Invitation {
  company: string
  email: string
  name: string
}

function JoinForm({ invitation, url }: { invitation: Invitation; url: string }) {
  const { t } = useTranslation()
  const form = useForm({ name: invitation.name, password: '' }, url, (entry: Entry) =>
    location.assign(entry.pending ? '/login' : '/w/home'),
  )
  return (
    <Frame title={t('join.to', { name: invitation.company })} text={t('join.text', { email: invitation.email })}>
      <Form form={form} go={t('join.go')}>
        <Field {...form.field('name')} label={t('name')} autoComplete="name" />
        <NewPassword field={form.field('password')} label={t('password')} autoFocus />
      </Form>
    </Frame>
  )
}

export function Join({ token }: { token: string }) {
  const { t } = useTranslation()
  const url = `/api/v1/join/${encodeURIComponent(token)}/`
  return (
    <ByLink<Invitation> url={url} title={t('join.title')} foot={<a href="/login">{t('signup.login')}</a>}>
      {(invitation) => <JoinForm invitation={invitation} url={url} />}
    </ByLink>
  )
}
