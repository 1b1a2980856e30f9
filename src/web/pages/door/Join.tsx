import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { Field } from './Field'
import { Complaint, Frame } from './Frame'
import { strengthOf } from './model'
import { useForm } from './useForm'

interface Invitation {
  company: string
  email: string
  name: string
}

function JoinForm({ invitation, url }: { invitation: Invitation; url: string }) {
  const { t } = useTranslation()
  const form = useForm({ name: invitation.name, password: '' }, url, () => location.assign('/w/home'))
  return (
    <Frame title={t('join.to', { name: invitation.company })} text={t('join.text', { email: invitation.email })}>
      <form onSubmit={(event) => void form.submit(event)} className="door__form">
        <Complaint text={form.problem} />
        <Field
          name="name"
          label={t('name')}
          autoComplete="name"
          value={form.values.name}
          error={form.errors.name}
          onChange={(value) => form.set('name', value)}
        />
        <Field
          autoFocus
          name="password"
          type="password"
          label={t('password')}
          autoComplete="new-password"
          value={form.values.password}
          error={form.errors.password}
          hint={form.values.password && t(`strength.${strengthOf(form.values.password)}`)}
          onChange={(value) => form.set('password', value)}
        />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy} data-testid="submit">
          {t('join.go')}
        </Button>
      </form>
    </Frame>
  )
}

export function Join({ token }: { token: string }) {
  const { t } = useTranslation()
  const url = `/api/v1/join/${encodeURIComponent(token)}/`
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [problem, setProblem] = useState('')
  useEffect(() => {
    get<Invitation>(url).then(setInvitation, (error: unknown) => setProblem(problemOf(error).detail))
  }, [url])
  if (invitation) return <JoinForm invitation={invitation} url={url} />
  return (
    problem && (
      <Frame title={t('join.title')} foot={<a href="/login">{t('signup.login')}</a>}>
        <Complaint text={problem} />
      </Frame>
    )
  )
}
