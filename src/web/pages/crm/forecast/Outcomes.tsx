import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useMeta } from '@/api/queries'
import { Figures } from '@/kit/desk/parts'
import { Part } from '@/kit/sheet/Sheet'
import { formatShare, formatShortMoney } from '@/shared/format'
import { Waiting } from '@/shared/Waiting'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { openTab } from '@/workspace/tabs'
import { plusDays } from '../model'
import '@/kit/desk/desk.css'

interface Rate {
  won: number
  lost: number
  won_amount: string | null
  lost_amount: string | null
  rate: string | null
  rate_amount: string | null
  won_query: string
  lost_query: string
}
interface Ranked {
  label: string
  count: number
  amount: string | null
  query: string
}
interface Told extends Rate {
  months: (Rate & { key: string })[]
  reasons: Ranked[]
  competitors: Ranked[]
  owners: (Rate & { owner: number | null; label: string })[]
}

const Chart = lazy(() => import('@/kit/chart/Chart'))
const KEY = 'crm.opportunity'
const SPANS = [90, 180, 365, 730]

function Ranking({ title, rows }: { title: string; rows: Ranked[] }) {
  return (
    <section className="ranking">
      <h3>{title}</h3>
      <ol>
        {rows.map((row) => (
          <li key={row.query}>
            <TabLink to={listUrl(KEY, row.query)}>{row.label}</TabLink>
            <span className="num">{row.count}</span>
            <span className="soft num">{formatShortMoney(row.amount)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Won and lost: the rate, the reasons, the competitors, and each colleague's. */
export function Outcomes() {
  const { t } = useTranslation()
  const { company } = useMeta()
  const [days, setDays] = useState(365)
  const since = plusDays(company.today, -days)
  const { data } = useQuery({
    queryKey: ['crm', 'outcomes', since],
    queryFn: () => get<Told>(`/api/v1/crm/outcomes/?since=${since}`),
    placeholderData: (before) => before,
  })
  if (!data) return null
  const series = (['won', 'lost'] as const).map((name) => ({
    name: t(`crm.${name}`),
    kind: 'bar' as const,
    unit: 'count' as const,
    data: data.months.map((one) => String(one[name])),
  }))
  const counted = (name: 'won' | 'lost') => (data[name] ? <TabLink to={listUrl(KEY, data[`${name}_query`])}>{data[name]}</TabLink> : 0)
  return (
    <Part title={t('crm.outcomes')} testid="outcomes">
      <Select
        value={days}
        className="outcomes__span"
        aria-label={t('crm.span')}
        onChange={setDays}
        options={SPANS.map((value) => ({ value, label: t('crm.lastDays', { count: value }) }))}
      />
      <Figures
        items={[
          {
            name: 'rate',
            label: t('crm.winRate'),
            value: data.rate === null ? '—' : formatShare(data.rate, 0),
            note: data.rate_amount ? t('crm.byAmount', { rate: formatShare(data.rate_amount, 0) }) : '',
          },
          { name: 'won', label: t('crm.won'), value: counted('won'), note: formatShortMoney(data.won_amount) },
          { name: 'lost', label: t('crm.lost'), value: counted('lost'), note: formatShortMoney(data.lost_amount) },
        ]}
      />
      {data.months.length > 1 && (
        <div className="forecast__chart">
          <Suspense fallback={<Waiting />}>
            <Chart
              data={{ x: data.months.map((one) => one.key), series }}
              label={t('crm.wonAndLost')}
              onPick={(at, line) => openTab(listUrl(KEY, data.months[at]?.[line ? 'lost_query' : 'won_query']))}
            />
          </Suspense>
        </div>
      )}
      <div className="rankings">
        {data.reasons.length > 0 && <Ranking title={t('crm.reasons')} rows={data.reasons} />}
        {data.competitors.length > 0 && <Ranking title={t('crm.lostTo')} rows={data.competitors} />}
        {data.owners.length > 1 && (
          <section className="ranking">
            <h3>
              {t('crm.byOwner')} <span className="soft">{t('crm.rateAndRatio')}</span>
            </h3>
            <ol>
              {data.owners.map((one) => (
                <li key={one.owner}>
                  <span>{one.label}</span>
                  <span className="num">{one.rate === null ? '—' : formatShare(one.rate, 0)}</span>
                  <span className="soft num">
                    <TabLink to={listUrl(KEY, one.won_query)}>{one.won}</TabLink> :{' '}
                    <TabLink to={listUrl(KEY, one.lost_query)}>{one.lost}</TabLink>
                  </span>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </Part>
  )
}
