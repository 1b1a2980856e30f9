import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { formatNumber, formatPeriod } from '@/shared/format'
import { language, setLanguage } from '@/shared/i18n'
import { Logo } from '@/shared/Logo'
import { classes } from '@/shared/text'
import { calendar, gradeOf, SHOWN, type Status } from './model'
import './status.css'

const shown = (percent: string | null) => (percent === null ? '—' : `${formatNumber(percent, { min: 2, max: 2 })}%`)

function Days({ status }: { status: Status }) {
  const { t } = useTranslation()
  const today = new Date().toISOString().slice(0, 10)
  return (
    <section className="panel">
      <h2>{t('status.days', { count: SHOWN })}</h2>
      <ol className="days" data-testid="days">
        {calendar(status.days, today).map(({ day, percent }) => {
          const told = `${day}: ${percent === null ? t('status.unknown') : shown(percent)}`
          return (
            <li key={day} className={`is-${gradeOf(percent, status.promised)}`} title={told}>
              <span className="visually-hidden">{told}</span>
            </li>
          )
        })}
      </ol>
      <p className="days__ends soft">
        <span>{t('status.ago', { count: SHOWN })}</span>
        <span>{t('status.today')}</span>
      </p>
      <ul className="days__legend soft">
        {(['kept', 'short', 'poor', 'unknown'] as const).map((grade) => (
          <li key={grade}>
            <i className={`is-${grade}`} />
            {t(`status.${grade}`, { promised: shown(status.promised) })}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Planned({ windows }: { windows: Status['maintenance'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel" data-testid="planned">
      <h2>{t('status.planned')}</h2>
      {windows.length === 0 && <p className="soft">{t('status.nothingPlanned')}</p>}
      {windows.map((one) => (
        <article key={`${one.starts_at}${one.title}`} className="planned">
          <b>{one.title}</b>
          <p className="soft">{formatPeriod(one.starts_at, one.ends_at)}</p>
          <p>{one.text}</p>
        </article>
      ))}
    </section>
  )
}

function Coming({ releases }: { releases: Status['releases'] }) {
  const { t } = useTranslation()
  if (releases.length === 0) return null
  return (
    <section className="panel" data-testid="releases">
      <h2>{t('status.releases')}</h2>
      {releases.map((one) => (
        <article key={`${one.on}${one.name}`} className="planned">
          <b>{one.name}</b>
          <p className="soft">{one.on}</p>
          <p>{one.notes}</p>
        </article>
      ))}
    </section>
  )
}

function Told({ status }: { status: Status }) {
  const { t } = useTranslation()
  const now = !status.measured ? 'unmeasured' : status.works ? 'works' : 'down'
  return (
    <>
      <section className={classes('panel standing', `is-${now}`)} data-testid="standing">
        <b>{t(`status.${now}`)}</b>
        <dl>
          <div>
            <dt>{t('status.uptime', { count: SHOWN })}</dt>
            <dd className={classes('num', !status.kept && 'is-missed')}>{shown(status.percent)}</dd>
          </div>
          <div>
            <dt>{t('status.promised')}</dt>
            <dd className="num">{shown(status.promised)}</dd>
          </div>
          <div title={t('status.answersHow')}>
            <dt>{t('status.answers')}</dt>
            <dd className="num">{shown(status.answers.percent)}</dd>
          </div>
        </dl>
      </section>
      <Days status={status} />
      <Planned windows={status.maintenance} />
      <Coming releases={status.releases} />
      <p className="soft">{t('status.how')}</p>
      {status.place && <p className="soft">{t('status.place', { place: status.place })}</p>}
    </>
  )
}

/** Whether the platform works now, and how well it has worked: for everybody. */
export default function StatusPage() {
  const { t, i18n } = useTranslation()
  const [status, setStatus] = useState<Status | null>(null)
  const [trouble, setTrouble] = useState('')
  useEffect(() => {
    get<Status>('/api/v1/console/status/').then(setStatus, (error) => setTrouble(problemOf(error).detail))
  }, [])
  useEffect(() => {
    document.title = `${t('status.title')} · ${t('brand')}`
  }, [t])
  return (
    <main className="status" lang={i18n.language}>
      <header>
        <a href="/login">
          <Logo /> {t('brand')}
        </a>
        <h1>{t('status.title')}</h1>
        <Button type="text" size="small" data-testid="language" onClick={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
          {t('otherLanguage')}
        </Button>
      </header>
      {trouble && (
        <p className="panel" role="alert">
          {trouble}
        </p>
      )}
      {status && <Told status={status} />}
    </main>
  )
}
