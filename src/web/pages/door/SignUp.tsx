import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useDebounced } from '@/shared/useDebounced'
import { Field } from './Field'
import { Complaint, Frame } from './Frame'
import { slugFrom, strengthOf } from './model'
import { useForm } from './useForm'

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
  const form = useForm({ company: '', slug: '', name: '', email: '', password: '' }, '/api/v1/signup/', (answer: { url: string }) =>
    location.assign(answer.url),
  )
  const { values, set, errors } = form
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
      <form onSubmit={(event) => void form.submit(event)} className="door__form">
        <Complaint text={form.problem} />
        <Field
          autoFocus
          name="company"
          label={t('company')}
          autoComplete="organization"
          value={values.company}
          error={errors.company}
          onChange={named}
        />
        <Field
          name="slug"
          label={t('signup.address')}
          autoComplete="off"
          value={values.slug}
          error={errors.slug ?? refused}
          hint={verdict?.available ? <span className="is-free">{t('signup.free')}</span> : t('signup.addressHint')}
          suffix={<span className="soft">.{location.host}</span>}
          onChange={(value) => {
            setOwn(true)
            set('slug', value.toLowerCase())
          }}
        />
        <div className="door__pair">
          <Field
            name="name"
            label={t('name')}
            autoComplete="name"
            value={values.name}
            error={errors.name}
            onChange={(value) => set('name', value)}
          />
          <Field
            name="email"
            type="email"
            label={t('email')}
            autoComplete="email"
            value={values.email}
            error={errors.email}
            onChange={(value) => set('email', value)}
          />
        </div>
        <Field
          name="password"
          type="password"
          label={t('password')}
          autoComplete="new-password"
          value={values.password}
          error={errors.password}
          hint={values.password && t(`strength.${strengthOf(values.password)}`)}
          onChange={(value) => set('password', value)}
        />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy} data-testid="submit">
          {t('signup.go')}
        </Button>
      </form>
    </Frame>
  )
}
