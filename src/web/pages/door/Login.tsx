import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { useForm } from '@/kit/form/useForm'
import { Enrol } from './Enrol'
import { Field } from './Field'
import { Email, Form } from './Form'
import { Complaint, Frame } from './Frame'
import { type Entry, type Pending, type Session, safeNext } from './model'
import { Outside } from './Outside'
import { Second } from './Second'

interface Choice {
  companies?: Company[]
}
const SAID = ['gone', 'failed', 'unknown']

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

/** Into the only company, or to the choice among several. */
function choose(companies: Company[], show: (companies: Company[]) => void) {
  const [only, second] = companies
  if (only && !second) location.assign(only.url)
  else show(companies)
}

/** At a company's address into that company; at the main address to whichever company one belongs to. */
export function Login({ session }: { session: Session }) {
  const { t } = useTranslation()
  const { company } = session
  const [companies, setCompanies] = useState<Company[] | null>(null)
  const [pending, setPending] = useState<Pending>(session.pending ?? '')
  const enter = () => location.assign(safeNext(location.search))
  const entered = (entry: Entry) => (entry.pending ? setPending(entry.pending) : enter())
  const form = useForm({ email: '', password: '' }, '/api/v1/login/', (answer: Entry & Choice) =>
    answer.companies ? choose(answer.companies, setCompanies) : entered(answer),
  )
  const outside = new URLSearchParams(location.search).get('outside') ?? ''
  useEffect(() => {
    // another service has just named this person
    if (outside !== 'known') return
    const gone = () => location.replace('/login?outside=gone')
    post<Choice>('/api/v1/login/companies/').then((answer) => choose(answer.companies ?? [], setCompanies), gone)
  }, [outside])
  if (pending === 'second_factor') return <Second onDone={entered} />
  if (pending === 'enrol' || pending === 'enrol_key') return <Enrol keyOnly={pending === 'enrol_key'} onDone={enter} />
  // the way in from the main address holds once and for a minute
  const gone = location.search.includes('ticket=gone') && !form.problem
  const idle = location.search.includes('ended=idle') && !form.problem
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
        {idle && <Complaint text={t('login.idle')} calm />}
        {SAID.includes(outside) && !form.problem && <Complaint text={t(`outside.said.${outside}`)} />}
        <Email field={form.field('email')} autoFocus />
        <Field {...form.field('password')} type="password" label={t('password')} autoComplete="current-password" />
      </Form>
      <Outside session={session} />
    </Frame>
  )
}
