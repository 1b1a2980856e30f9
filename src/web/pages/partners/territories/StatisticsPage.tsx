import { useQuery } from '@tanstack/react-query'
import { Empty, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { formatShortMoney } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { docUrl, listUrl, newUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { asked, empty, type Placed, type Row, tree, WAYS, type Way } from './model'
import './territories.css'

const KINDS = { region: 'organization.region', unit: 'organization.unit', position: 'organization.position' }
const YEARS = 5
const HEADS = ['customers', 'leads', 'opportunities', 'open', 'contracts', 'signed', 'before', 'collected'] as const

function Count({ of, resource, name, regions }: { of: number; resource: string; name: string; regions: string[] }) {
  if (!of || !regions.length) return of
  return <TabLink to={listUrl(resource, asked(name, regions))}>{of}</TabLink>
}

function Line({ row, way }: { row: Placed; way: Way }) {
  const { t } = useTranslation()
  return (
    <tr data-testid="territory">
      <th scope="row">
        <span className="territory__name" style={vars({ depth: row.depth })}>
          {row.id === null ? (
            <span className="soft">{t('territory.none')}</span>
          ) : (
            <TabLink to={docUrl(KINDS[way], row.id)}>{row.label}</TabLink>
          )}
        </span>
      </th>
      <td className="num">
        <Count of={row.customers} resource="partners.partner" name="region" regions={row.regions} />
      </td>
      <td className="num">
        <Count of={row.leads} resource="crm.lead" name="region" regions={row.regions} />
      </td>
      <td className="num">{row.opportunities}</td>
      <td className="num">{formatShortMoney(row.open) || '—'}</td>
      <td className="num">{row.contracts}</td>
      <td className="num">{formatShortMoney(row.signed) || '—'}</td>
      <td className="num">{formatShortMoney(row.before) || '—'}</td>
      <td className="num">{formatShortMoney(row.collected) || '—'}</td>
    </tr>
  )
}

/** 地区统计: what comes out of each sales region, and of the departments and posts that serve them. */
export default function StatisticsPage() {
  const { t } = useTranslation()
  const { company } = useMeta()
  const now = Number(company.today.slice(0, 4))
  const [way, setWay] = useState<Way>('region')
  const [year, setYear] = useState(now)
  const { data, error } = useQuery({
    queryKey: ['territory statistics', way, year],
    queryFn: () => get<{ rows: Row[] }>(`/api/v1/partners/territories/?by=${way}&year=${year}`),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const rows = tree(data.rows).filter((row) => row.id !== null || !empty(row))
  return (
    <Sheet title={t('page.territory-statistics')} intro={t('territory.intro')} wide>
      <div className="territory__tools">
        <Segmented value={way} onChange={setWay} options={WAYS.map((value) => ({ value, label: t(`territory.by_${value}`) }))} />
        <Select
          value={year}
          onChange={setYear}
          aria-label={t('territory.year')}
          options={Array.from({ length: YEARS }, (_, at) => ({ value: now - at, label: String(now - at) }))}
        />
      </div>
      {rows.every(({ id }) => id === null) && (
        <Empty description={t(way === 'region' ? 'org.territory.empty' : 'territory.unserved')}>
          <TabLink to={way === 'region' ? newUrl('organization.region') : '/w/page/territories'}>
            {t(way === 'region' ? 'org.territory.newRegion' : 'page.territories')}
          </TabLink>
        </Empty>
      )}
      {rows.length > 0 && (
        <Part title={t('territory.figures', { year })}>
          <div className="scroll-x">
            <table className="figures-table">
              <thead>
                <tr>
                  <th>{t(`territory.by_${way}`)}</th>
                  {HEADS.map((name) => (
                    <th key={name} className="num">
                      {t(`territory.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Line key={row.id ?? 0} row={row} way={way} />
                ))}
              </tbody>
            </table>
          </div>
        </Part>
      )}
    </Sheet>
  )
}
