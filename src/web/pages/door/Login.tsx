import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { Email, Form } from './Form'
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
  // the way in from the main address holds once and for a minute
  const gone = location.search.includes('ticket=gone') && !form.problem
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
      <Form form={form} go={t('login.go')}>
        {gone && <Complaint text={t('login.gone')} />}
        <Email field={form.field('email')} autoFocus />
        <Field {...form.field('password')} type="password" label={t('password')} autoComplete="current-password" />
      </Form>
    </Frame>
  )
}
