import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useForm } from '@/kit/form/useForm'
import { useDebounced } from '@/shared/useDebounced'
import { Field } from './Field'
import { Email, Form, NewPassword } from './Form'
import { Frame } from './Frame'
import { slugFrom } from './model'
import { Trade } from './Trade'

interface Verdict {
  slug: string
  available: boolean
  reason: string
}

/** Whether an address is free, asked while it is typed. */
function useVerdict(slug: string): Verdict | null {
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const settled = useDebounced(slug, 300)
  useEffect(() => {
    if (!settled) return
    let current = true
    get<Omit<Verdict, 'slug'>>(`/api/v1/signup/check/?slug=${encodeURIComponent(settled)}`).then(
      (answer) => current && setVerdict({ ...answer, slug: settled }),
      () => current && setVerdict(null),
    )
    return () => {
      current = false
    }
  }, [settled])
  return verdict?.slug === slug ? verdict : null
}

export function SignUp() {
  const { t } = useTranslation()
  const [own, setOwn] = useState(false)
  const form = useForm(
    { company: '', slug: '', template: 'testing_instruments', name: '', email: '', password: '' },
    '/api/v1/signup/',
    (answer: { url: string }) => location.assign(answer.url),
  )
  const { values, set, field } = form
  const slug = field('slug')
  const verdict = useVerdict(values.slug)
  const refused = verdict && !verdict.available ? verdict.reason || t('signup.taken') : undefined
  const named = (company: string) => {
    set('company', company)
    if (!own) set('slug', slugFrom(company))
  }
  return (
    <Frame
      title={t('signup.title')}
      text={t('signup.text')}
      foot={
        <span>
          {t('signup.known')} <a href="/login">{t('signup.login')}</a>
        </span>
      }
    >
      <Form form={form} go={t('signup.go')}>
        <Field {...field('company')} autoFocus label={t('company')} autoComplete="organization" onChange={named} />
        <Field
          {...slug}
          label={t('signup.address')}
          autoComplete="off"
          error={slug.error ?? refused}
          hint={verdict?.available ? <span className="is-free">{t('signup.free')}</span> : t('signup.addressHint')}
          suffix={<span className="soft">.{location.host}</span>}
          onChange={(value) => {
            setOwn(true)
            set('slug', value.toLowerCase())
          }}
        />
        <Trade field={field('template')} />
        <div className="door__pair">
          <Field {...field('name')} label={t('name')} autoComplete="name" />
          <Email field={field('email')} />
        </div>
        <NewPassword field={field('password')} label={t('password')} />
      </Form>
    </Frame>
  )
}
