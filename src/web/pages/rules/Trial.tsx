import { ExperimentOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compute, problemOf } from '@/api/http'
import type { Doc, DocLink, Problem } from '@/api/types'
import { vars } from '@/shared/vars'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { mark, stepsOf } from './model'
import { RULES } from './useKinds'

interface Found {
  now: { count: number; steps: number[]; rows: { document: DocLink; step: number; text: string; to: string[] }[] }
  history: {
    from: string
    to: string
    count: number
    documents: number
    steps: number[]
    days: { day: string; count: number }[]
    rows: { day: string; step: number; document: DocLink }[]
    complete: boolean
  }
}

function Bar({ day, count, most }: { day: string; count: number; most: number }) {
  return <i style={vars({ share: count / Math.max(most, 1) })} title={`${day}: ${count}`} className={count ? undefined : 'is-none'} />
}

/** What the rule finds now and would have found last month, before it tells anybody. */
export function Trial({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const marks = stepsOf(doc.steps).map(({ days }) => mark(days))
  const run = async () => {
    setBusy(true)
    setProblem(null)
    try {
      setFound(await compute<Found>(`${RULES}try/`, doc))
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const most = Math.max(...(found?.history.days.map(({ count }) => count) ?? [0]))
  return (
    <section className="panel section trial" data-testid="trial">
      <div className="trial__head">
        <Button type="primary" icon={<ExperimentOutlined />} loading={busy} data-testid="try" onClick={() => void run()}>
          {t('rule.try')}
        </Button>
        <span className="soft">{t('rule.tryText')}</span>
      </div>
      {problem && (
        <p className="field__error" role="alert">
          {problem.errors?.[0]?.detail ?? problem.detail}
        </p>
      )}
      {found && (
        <div className="trial__two">
          <div>
            <h3>{t('rule.now', { count: found.now.count })}</h3>
            <p className="soft">{found.now.steps.map((count, at) => `${marks[at]}: ${count}`).join(' · ')}</p>
            <ul>
              {found.now.rows.map((row) => (
                <li key={row.document.id}>
                  <b>{marks[row.step]}</b>
                  <TabLink to={docUrl(row.document._key, row.document.id)}>{row.document.label}</TabLink>
                  <span className="soft">{row.text}</span>
                  <span>→ {row.to.join(t('attention.and')) || t('rule.nobody')}</span>
                </li>
              ))}
            </ul>
          </div>
          <div>
            <h3>{t('rule.month', { count: found.history.count, documents: found.history.documents })}</h3>
            <p className="soft">{found.history.steps.map((count, at) => `${marks[at]}: ${count}`).join(' · ')}</p>
            <div className="trial__days" role="img" aria-label={`${found.history.from} – ${found.history.to}: ${found.history.count}`}>
              {found.history.days.map((one) => (
                <Bar key={one.day} {...one} most={most} />
              ))}
            </div>
            <ul>
              {found.history.rows.map((row) => (
                <li key={`${row.day} ${row.step} ${row.document.id}`}>
                  <time>{row.day}</time>
                  <b>{marks[row.step]}</b>
                  <TabLink to={docUrl(row.document._key, row.document.id)}>{row.document.label}</TabLink>
                </li>
              ))}
            </ul>
            {!found.history.complete && <p className="soft">{t('rule.incomplete')}</p>}
          </div>
        </div>
      )}
    </section>
  )
}
