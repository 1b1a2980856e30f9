import { ReloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Empty } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Id } from '@/api/types'
import { Waiting } from '@/shared/Waiting'
import { docUrl, listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import '@/kit/desk/desk.css'
import '@/kit/document/document.css'
import './values.css'

const Chart = lazy(() => import('@/kit/chart/Chart'))
const URL = '/api/v1/partners/values/'
type Counts = Record<string, Record<string, number>>

interface Values {
  periods: string[]
  counts: Counts
  moves: Counts
  changes: { id: Id; number: string; name: string; grade: string; proposed: string; score: string }[]
  different: number
  valued: number
}

function Moves({ moves, grades }: { moves: Counts; grades: string[] }) {
  const { t } = useTranslation()
  return (
    <table className="moves" data-testid="moves">
      <thead>
        <tr>
          <th>{t('partner.value.wasIs')}</th>
          {grades.map((grade) => (
            <th key={grade} className="num">
              {grade}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...grades, ''].map((was) =>
          moves[was] ? (
            <tr key={was}>
              <th scope="row">{was || t('partner.value.fresh')}</th>
              {grades.map((now) => (
                <td key={now} className={was === now ? 'num is-same' : 'num'}>
                  {moves[was]?.[now] ?? ''}
                </td>
              ))}
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  )
}

/** 客户价值分析: grades by quarter, who moved, and whose grade should change. */
export default function ValuesPage() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const { data, error } = useQuery({ queryKey: ['values'], queryFn: () => get<Values>(URL) })
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={8} />
  const grades = [...new Set([...'ABCD', ...Object.values(data.counts).flatMap(Object.keys)])].filter(Boolean)
  const reckon = async () => {
    setBusy(true)
    try {
      const { valued } = await post<{ valued: number }>(URL, {})
      void message.success(t('partner.value.reckoned', { count: valued }))
      await refreshAll()
    } catch (refusal) {
      void message.error(problemOf(refusal).detail)
    } finally {
      setBusy(false)
    }
  }
  const series = grades.map((grade, at) => ({
    name: grade,
    kind: at < 2 ? ('bar' as const) : ('line' as const),
    unit: 'count' as const,
    data: data.periods.map((period) => String(data.counts[period]?.[grade] ?? 0)),
  }))
  return (
    <div className="values" data-testid="values">
      <header className="values__head">
        <h1>{t('partner.value.title')}</h1>
        <Button icon={<ReloadOutlined />} loading={busy} onClick={() => void reckon()}>
          {t('partner.value.reckon')}
        </Button>
      </header>
      <p className="soft">{t('partner.value.note')}</p>
      {data.valued === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('partner.value.none')} />
      ) : (
        <>
          <div className="values__pair">
            <section className="panel section">
              <h2>{t('partner.value.byQuarter')}</h2>
              <Suspense fallback={<Waiting lines={5} />}>
                <Chart data={{ x: data.periods, series }} label={t('partner.value.byQuarter')} />
              </Suspense>
            </section>
            <section className="panel section">
              <h2>{t('partner.value.moves')}</h2>
              {Object.keys(data.moves).length > 0 ? (
                <Moves moves={data.moves} grades={grades} />
              ) : (
                <p className="soft">{t('partner.value.oneQuarter')}</p>
              )}
            </section>
          </div>
          <section className="panel section">
            <h2>{t('partner.value.changes', { count: data.different })}</h2>
            <table className="ledger">
              <thead>
                <tr>
                  <th>{t('partner.value.customer')}</th>
                  <th>{t('partner.value.grade')}</th>
                  <th>{t('partner.value.proposed')}</th>
                  <th className="num">{t('partner.value.score')}</th>
                </tr>
              </thead>
              <tbody>
                {data.changes.map((row) => (
                  <tr key={row.id}>
                    <td>
                      <TabLink to={docUrl('partners.partner', row.id)}>{row.name}</TabLink> <span className="soft">{row.number}</span>
                    </td>
                    <td>{row.grade || '—'}</td>
                    <td>
                      <b>{row.proposed}</b>
                    </td>
                    <td className="num">{row.score}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="soft">
              <TabLink to={listUrl('partners.partner', { id: data.changes.map((row) => row.id) })}>{t('partner.value.inList')}</TabLink>
            </p>
          </section>
        </>
      )}
    </div>
  )
}
