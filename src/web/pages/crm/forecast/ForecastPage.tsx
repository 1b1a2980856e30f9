import { useQuery } from '@tanstack/react-query'
import { Empty, Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { formatShortMoney } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { openTab } from '@/workspace/tabs'
import { Clarity } from './Clarity'
import { Funnel } from './Funnel'
import { Outcomes } from './Outcomes'
import './forecast.css'

const Chart = lazy(() => import('@/kit/chart/Chart'))
const KEY = 'crm.opportunity'
/** Where the line of what was won stands among the series. */
const WON = 2

interface Sums {
  count: number
  amount: string | null
  weighted: string | null
  query: string
}
interface Period extends Sums {
  key: string
  from: string
  late: boolean
  won: string | null
  won_query: string
}
interface Forecast {
  periods: Period[]
  undated: Sums
  owners: (Sums & { owner: number | null; label: string })[]
  total: Omit<Sums, 'query'>
}

interface RowProps {
  label: string
  sums: Sums
  note?: string
  won?: string | null
  wonQuery?: string
}

function Row({ label, sums, note, won, wonQuery }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <TabLink to={listUrl(KEY, sums.query)}>{label}</TabLink> {note && <span className="soft">{note}</span>}
      </th>
      <td className="num">{sums.count}</td>
      <td className="num is-more">{formatShortMoney(sums.amount)}</td>
      <td className="num">
        <b>{formatShortMoney(sums.weighted)}</b>
      </td>
      {won !== undefined && (
        <td className="num">
          {wonQuery && Number(won) ? <TabLink to={listUrl(KEY, wonQuery)}>{formatShortMoney(won)}</TabLink> : formatShortMoney(won) || '—'}
        </td>
      )}
    </tr>
  )
}

function Heads({ first, won }: { first: string; won: boolean }) {
  const { t } = useTranslation()
  return (
    <thead>
      <tr>
        <th>{first}</th>
        <th className="num">{t('crm.number')}</th>
        <th className="num is-more">{t('crm.amount')}</th>
        <th className="num">{t('crm.weighted')}</th>
        {won && <th className="num">{t('crm.wonAmount')}</th>}
      </tr>
    </thead>
  )
}

function Periods({ told }: { told: Forecast }) {
  const { t } = useTranslation()
  return (
    <div className="scroll-x">
      <table className="figures-table" data-testid="periods">
        <Heads first={t('crm.period')} won />
        <tbody>
          {told.periods.map((one) => (
            <Row
              key={one.key}
              label={one.key}
              sums={one}
              won={one.won}
              wonQuery={one.won_query}
              note={one.late && one.count ? t('crm.overdue') : ''}
            />
          ))}
          {told.undated.count > 0 && <Row label={t('crm.undated')} sums={told.undated} won={null} />}
        </tbody>
      </table>
    </div>
  )
}

/** 销售预测与赢率: what is likely to come in when, where it gets stuck, and why it is lost. */
export default function ForecastPage() {
  const { t } = useTranslation()
  const { today } = useMeta().company
  const [step, setStep] = useState<'month' | 'quarter'>('month')
  const { data, error } = useQuery({
    queryKey: ['crm', 'forecast', step],
    queryFn: () => get<Forecast>(`/api/v1/crm/forecast/?step=${step}`),
    select: (told) => ({ ...told, periods: told.periods.map((one) => ({ ...one, won: one.from > today ? null : one.won })) }),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const series = [
    { name: t('crm.weighted'), kind: 'bar' as const, unit: 'money' as const, data: data.periods.map((one) => one.weighted) },
    { name: t('crm.amount'), kind: 'bar' as const, unit: 'money' as const, data: data.periods.map((one) => one.amount) },
    { name: t('crm.wonAmount'), kind: 'line' as const, unit: 'money' as const, data: data.periods.map((one) => one.won) },
  ]
  return (
    <Sheet title={t('page.forecast')} wide>
      <Part title={t('crm.forecast')} text={t('crm.forecastText')}>
        <Segmented
          value={step}
          onChange={setStep}
          options={(['month', 'quarter'] as const).map((value) => ({ value, label: t(`crm.${value}`) }))}
        />
        {data.periods.length === 0 && data.undated.count === 0 ? (
          <Empty description={t('crm.noDeals')} />
        ) : (
          <>
            {data.total.amount !== null && (
              <div className="forecast__chart">
                <Suspense fallback={<Waiting />}>
                  <Chart
                    data={{ x: data.periods.map((one) => one.key), series }}
                    label={t('crm.forecast')}
                    onPick={(at, line) => openTab(listUrl(KEY, data.periods[at]?.[line === WON ? 'won_query' : 'query']))}
                  />
                </Suspense>
              </div>
            )}
            <Periods told={data} />
          </>
        )}
      </Part>
      {data.owners.length > 1 && (
        <Part title={t('crm.byOwner')}>
          <table className="figures-table">
            <Heads first={t('crm.colleague')} won={false} />
            <tbody>
              {data.owners.map((one) => (
                <Row key={one.owner} label={one.label} sums={one} />
              ))}
            </tbody>
          </table>
        </Part>
      )}
      <Clarity />
      <Funnel />
      <Outcomes />
    </Sheet>
  )
}
