import { useQuery } from '@tanstack/react-query'
import { Empty, Segmented } from 'antd'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { Id } from '@/api/types'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { formatNumber, formatShortMoney } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { docUrl, listUrl, newUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { openTab } from '@/workspace/tabs'
import '../forecast/forecast.css'

const Chart = lazy(() => import('@/kit/chart/Chart'))
const SHOWN = 12

interface Row {
  id: Id
  label: string
  parent: Id | null
  kind: string
  starts_on: string | null
  planned: string | null
  spent: string | null
  leads: number
  opportunities: number
  won: number
  won_amount: string | null
  open_weighted: string | null
  cost_per_lead: string | null
  cost_per_opportunity: string | null
  cost_per_won_amount: string | null
  return: string | null
  query: string
  cost_query: string
  deal_query: string
  won_query: string
}

/** A figure of opportunities, with their list behind it where one address can name them all. */
const Behind = ({ query, children }: { query: string; children: ReactNode }) =>
  query ? <TabLink to={listUrl('crm.opportunity', query)}>{children}</TabLink> : children

/** The list behind a bar or a point: costs, won opportunities, leads. */
const listOf = (row: Row, line: number) =>
  [listUrl('crm.campaign', row.cost_query), row.won_query && listUrl('crm.opportunity', row.won_query), listUrl('crm.lead', row.query)][
    line
  ]

function Line({ row }: { row: Row }) {
  return (
    <tr className={classes(row.parent !== null && 'is-part')}>
      <th scope="row">
        <TabLink to={docUrl('crm.campaign', row.id)}>{row.label}</TabLink> <span className="soft">{row.kind}</span>
      </th>
      <td className="num">{formatShortMoney(row.planned)}</td>
      <td className="num">{formatShortMoney(row.spent)}</td>
      <td className="num">{row.leads ? <TabLink to={listUrl('crm.lead', row.query)}>{row.leads}</TabLink> : 0}</td>
      <td className="num">
        <Behind query={row.opportunities ? row.deal_query : ''}>{row.opportunities}</Behind>
      </td>
      <td className="num">
        <Behind query={row.won ? row.won_query : ''}>{formatShortMoney(row.won_amount)}</Behind>
      </td>
      <td className="num">{formatShortMoney(row.cost_per_lead) || '—'}</td>
      <td className="num">{formatShortMoney(row.cost_per_opportunity) || '—'}</td>
      <td className="num">{row.cost_per_won_amount === null ? '—' : formatNumber(Number(row.cost_per_won_amount) * 100, { max: 1 })}</td>
      <td className="num">{row.return === null ? '—' : `${formatNumber(row.return, { max: 1 })}×`}</td>
    </tr>
  )
}

/** 活动费用分析: what campaigns cost, what they brought, and every figure's documents. */
export default function ReturnsPage() {
  const { t } = useTranslation()
  const [way, setWay] = useState<'source' | 'first'>('source')
  const { data, error } = useQuery({
    queryKey: ['crm', 'returns', way],
    queryFn: () => get<{ rows: Row[] }>(`/api/v1/crm/campaigns/returns/?way=${way}`),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const ids = new Set(data.rows.map((row) => row.id))
  const whole = data.rows.filter((row) => row.parent === null || !ids.has(row.parent))
  const ordered = whole.flatMap((row) => [row, ...data.rows.filter((part) => part.parent === row.id)])
  const charted = whole.slice(0, SHOWN).reverse()
  const series = [
    { name: t('crm.spent'), kind: 'bar' as const, unit: 'money' as const, data: charted.map((row) => row.spent) },
    { name: t('crm.wonAmount'), kind: 'bar' as const, unit: 'money' as const, data: charted.map((row) => row.won_amount) },
    { name: t('crm.leads'), kind: 'line' as const, unit: 'count' as const, data: charted.map((row) => String(row.leads)) },
  ]
  const heads = ['planned', 'spent', 'leads', 'deals_', 'wonAmount', 'perLead', 'perDeal', 'perWon', 'return'] as const
  return (
    <Sheet title={t('page.campaign-return')} intro={t(`crm.way_${way}`)} wide>
      <Segmented
        value={way}
        onChange={setWay}
        options={(['source', 'first'] as const).map((value) => ({ value, label: t(`crm.${value}`) }))}
      />
      {data.rows.length === 0 ? (
        <Empty description={t('crm.noCampaigns')}>
          <TabLink to={newUrl('crm.campaign')}>{t('crm.newCampaign')}</TabLink>
        </Empty>
      ) : (
        <Part title={t('crm.costAndReturn')}>
          <div className="forecast__chart">
            <Suspense fallback={<Waiting />}>
              <Chart
                data={{ x: charted.map((row) => row.label), series }}
                label={t('crm.costAndReturn')}
                onPick={(at, line) => {
                  const url = charted[at] && listOf(charted[at], line)
                  if (url) openTab(url)
                }}
              />
            </Suspense>
          </div>
          <div className="scroll-x">
            <table className="figures-table" data-testid="returns">
              <thead>
                <tr>
                  <th>{t('crm.campaign')}</th>
                  {heads.map((name) => (
                    <th key={name} className="num">
                      {t(`crm.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {ordered.map((row) => (
                  <Line key={row.id} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        </Part>
      )}
    </Sheet>
  )
}
