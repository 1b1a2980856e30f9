import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useForm } from '@/kit/form/useForm'
import { ByLink } from './ByLink'
import { Field } from './Field'
import { Form } from './Form'
import { Frame } from './Frame'
import './door.css'

interface Event {
  name: string
  company: string
  place: string
  starts_on: string | null
}

function GuestForm({ event, url }: { event: Event; url: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const form = useForm({ name: '', contact_name: '', phone: '', email: '', need: '' }, url, () => setDone(true))
  const text = [event.company, event.starts_on, event.place].filter(Boolean).join(' · ')
  if (done) return <Frame title={t('guest.thanks')} text={t('guest.done', { company: event.company })} />
  return (
    <Frame title={event.name} text={text}>
      <Form form={form} go={t('guest.go')}>
        <Field {...form.field('contact_name')} label={t('guest.person')} autoComplete="name" autoFocus />
        <Field {...form.field('name')} label={t('guest.company')} autoComplete="organization" />
        <Field {...form.field('phone')} label={t('guest.phone')} autoComplete="tel" />
        <Field {...form.field('email')} label={t('guest.email')} autoComplete="email" optional />
        <Field {...form.field('need')} label={t('guest.need')} optional />
      </Form>
      <p className="door__foot">{t('guest.use', { company: event.company })}</p>
    </Frame>
  )
}

/** 活动签到: a guest of an event writes down who they are. */
export default function GuestPage() {
  const { t } = useTranslation()
  const token = location.pathname.split('/')[2] ?? ''
  const url = `/api/v1/crm/sign-in/${encodeURIComponent(token)}/`
  return (
    <ByLink<Event> url={url} title={t('guest.title')} foot={null}>
      {(event) => <GuestForm event={event} url={url} />}
    </ByLink>
  )
}
