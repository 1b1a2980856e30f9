import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { Complaint, Frame } from './Frame'
import { safeNext } from './model'
import { useForm } from './useForm'

interface Company {
  name: string
  slug: string
  url: string
}

function Companies({ companies }: { companies: Company[] }) {
  const { t } = useTranslation()
  return (
    <Frame
      title={t('login.choose')}
      text={companies.length ? t('login.chooseText') : t('login.none')}
      foot={<a href="/signup">{t('login.signup')}</a>}
    >
      <ul className="companies">
        {companies.map((company) => (
          <li key={company.slug}>
            <a href={company.url}>
              <b>{company.name}</b>
              <span>{company.slug}</span>
            </a>
          </li>
        ))}
      </ul>
    </Frame>
  )
}

/** At a company's address into that company; at the main address to whichever company one belongs to. */
export function Login({ company }: { company: { name: string } | null }) {
  const { t } = useTranslation()
  const [companies, setCompanies] = useState<Company[] | null>(null)
  const form = useForm({ email: '', password: '' }, '/api/v1/login/', (answer: { companies?: Company[] }) => {
    const [only, second] = answer.companies ?? []
    if (!answer.companies) location.assign(safeNext(location.search))
    else if (only && !second) location.assign(only.url)
    else setCompanies(answer.companies)
  })
  if (companies) return <Companies companies={companies} />
  return (
    <Frame
      title={company ? t('login.to', { name: company.name }) : t('login.title')}
      text={company ? undefined : t('login.find')}
      foot={
        <>
          <a href="/reset">{t('login.forgot')}</a>
          {!company && <a href="/signup">{t('login.signup')}</a>}
        </>
      }
    >
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
        <Field
          name="password"
          type="password"
          label={t('password')}
          autoComplete="current-password"
          value={form.values.password}
          error={form.errors.password}
          onChange={(value) => form.set('password', value)}
        />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy} data-testid="submit">
          {t('login.go')}
        </Button>
      </form>
    </Frame>
  )
}
