import { App, Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import type { Run } from '@/kit/security/Setup'
import { Part } from '@/kit/sheet/Sheet'
import type { Overview } from './model'

/** A new password for the old one. */
export function Password({ refresh }: { refresh: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const save = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await post('/api/v1/security/password/', { old, password })
      setOld('')
      setPassword('')
      void message.success(t('security.passwordSaved'))
      refresh()
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <Part title={t('security.password')}>
      <form className="part__line" onSubmit={(event) => void save(event)}>
        <Input.Password
          value={old}
          autoComplete="current-password"
          placeholder={t('security.old')}
          aria-label={t('security.old')}
          onChange={(event) => setOld(event.target.value)}
        />
        <Input.Password
          value={password}
          autoComplete="new-password"
          placeholder={t('security.new')}
          aria-label={t('security.new')}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button htmlType="submit" type="primary" disabled={!old || !password}>
          {t('security.save')}
        </Button>
      </form>
    </Part>
  )
}

/** The e-mail with which one logs in, and moving to another. */
export function Mail({ email, run, refresh }: { email: Overview['email']; run: Run; refresh: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [next, setNext] = useState('')
  const save = (event: FormEvent) => {
    event.preventDefault()
    run(() => post('/api/v1/security/email/', { email: next })).then(
      () => {
        setNext('')
        refresh()
      },
      (error: unknown) => void message.error(problemOf(error).detail),
    )
  }
  return (
    <Part title={t('security.email')}>
      <p className="soft">
        {email.address}
        {email.next && ` · ${t('security.emailNext', { email: email.next })}`}
      </p>
      <form className="part__line" onSubmit={save}>
        <Input
          type="email"
          value={next}
          autoComplete="email"
          placeholder={t('security.emailNew')}
          aria-label={t('security.emailNew')}
          onChange={(event) => setNext(event.target.value)}
        />
        <Button htmlType="submit" disabled={!next}>
          {t('security.emailGo')}
        </Button>
      </form>
    </Part>
  )
}
