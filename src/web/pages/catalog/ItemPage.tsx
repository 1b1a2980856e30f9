import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { Dealings, type Dealt, type Linked, Links, Notes } from '@/kit/desk/related'
import { formatCurrency, formatNumber, formatShare } from '@/shared/format'

const Chart = lazy(() => import('@/kit/chart/Chart'))

interface Unit {
  unit: string
  quantity: string
  of: string
  use: '' | 'buy' | 'sell' | 'both'
}
interface ItemDesk {
  stock: { home: string | null; rows: Record<'warehouse' | 'on_hand' | 'reserved' | 'free', string>[] } | null
  units: Unit[]
  quotes: Dealt[]
  win: { won: number; of: number } | null
  sold: Dealt[]
  bought: Dealt[]
  prices: Record<'period' | 'least' | 'middle' | 'most' | 'quantity', string>[]
  boms: Linked[]
  used_in: Linked[]
  selections: Linked[]
  notes: string[]
}

function Stock({ stock, units, own }: Pick<ItemDesk, 'stock' | 'units'> & { own: string }) {
  const { t } = useTranslation()
  if (!stock && units.length === 0) return null
  return (
    <section className="panel section" data-testid="stock">
      <h2>{t('overview.stock')}</h2>
      {stock?.rows.length === 0 && <p className="soft">{t('overview.noStock')}</p>}
      {stock && stock.rows.length > 0 && (
        <table className="dealings">
          <thead>
            <tr>
              <th>{t('overview.warehouse')}</th>
              {(['on_hand', 'reserved', 'free'] as const).map((name) => (
                <th key={name} className="num">
                  {t(`overview.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {stock.rows.map((row) => (
              <tr key={row.warehouse}>
                <td>{row.warehouse}</td>
                {(['on_hand', 'reserved', 'free'] as const).map((name) => (
                  <td key={name} className="num">
                    {formatNumber(row[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {stock?.home && <p className="soft">{t('overview.home', { warehouse: stock.home })}</p>}
      {units.map((one) => (
        <p key={one.unit} className="soft">
          {t('overview.unit', { unit: one.unit, of: formatNumber(one.of), own })}
          {one.use && ` · ${t(`overview.use.${one.use}`)}`}
        </p>
      ))}
    </section>
  )
}

function Prices({ prices }: Pick<ItemDesk, 'prices'>) {
  const { t } = useTranslation()
  if (prices.length === 0) return null
  const series = (['middle', 'least', 'most'] as const).map((name) => ({
    name: t(`overview.${name}`),
    kind: name === 'middle' ? ('bar' as const) : ('line' as const),
    unit: 'money' as const,
    data: prices.map((one) => one[name]),
  }))
  return (
    <section className="panel section" data-testid="prices">
      <h2>{t('overview.prices')}</h2>
      <Suspense fallback={<p className="soft">…</p>}>
        <Chart data={{ x: prices.map((one) => one.period), series }} label={t('overview.prices')} />
      </Suspense>
    </section>
  )
}

const masked = (value: unknown) => value === null || value === undefined || value === '•••'

function Overview({ desk, doc }: DeskProps<ItemDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const own = (doc.measure as { label: string } | null)?.label ?? ''
  const sum = (name: 'on_hand' | 'free') => (desk.stock?.rows ?? []).reduce((total, row) => total + Number(row[name]), 0)
  const money = (name: string) => (masked(doc[name]) ? '—' : formatCurrency(doc[name], company.currency))
  const items = [
    { name: 'list_price', label: t('overview.listPrice'), value: money('list_price') },
    ...('standard_cost' in doc ? [{ name: 'standard_cost', label: t('overview.cost'), value: money('standard_cost') }] : []),
    ...(desk.stock ? [{ name: 'free', label: t('overview.free'), value: formatNumber(sum('free')), note: own }] : []),
    { name: 'lead', label: t('overview.lead'), value: formatNumber(doc.lead_days), note: t('overview.days') },
    ...(desk.win
      ? [
          {
            name: 'win',
            label: t('overview.winRate'),
            value: formatShare(desk.win.won / desk.win.of, 0),
            note: t('overview.won', { won: desk.win.won, of: desk.win.of }),
          },
        ]
      : []),
  ]
  const nothing = desk.quotes.length + desk.sold.length + desk.bought.length === 0
  return (
    <>
      <Notes notes={desk.notes} />
      <Figures items={items} />
      <div className="desk__panels">
        {desk.prices.length > 0 ? (
          <Prices prices={desk.prices} />
        ) : (
          <Links title={t('overview.prices')} rows={[]} empty={t('overview.noPrices')} />
        )}
        <Stock stock={desk.stock} units={desk.units} own={own} />
      </div>
      {nothing && <p className="panel section soft">{t('overview.notDealt')}</p>}
      <Dealings title={t('overview.quotes')} rows={desk.quotes} testid="quotes" />
      <Dealings title={t('overview.sold')} rows={desk.sold} testid="sold" />
      <Dealings title={t('overview.bought')} rows={desk.bought} testid="bought" />
      <div className="desk__panels">
        <Links title={t('overview.selections')} rows={desk.selections} testid="selections" />
        <Links title={t('overview.boms')} rows={desk.boms} testid="boms" />
        <Links title={t('overview.usedIn')} rows={desk.used_in} testid="used-in" />
      </div>
    </>
  )
}

/** 物料全景: where it was offered and sold, at what price, and what is in stock. */
export default function ItemPage() {
  return <DeskPage<ItemDesk> view={Overview} />
}
