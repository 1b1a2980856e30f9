import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { formatNumber, formatShare, formatShortMoney } from '@/shared/format'
import { classes } from '@/shared/text'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Figure {
  value: string | null
  unit: 'money' | 'count' | 'percent'
  delta: string | null
  better: 'up' | 'down'
  /** Decimal places of a share, where one is not enough. */
  places?: number
  link?: { key: string; query: string } | null
}

function Delta({ delta, better }: Pick<Figure, 'delta' | 'better'>) {
  const { t } = useTranslation()
  if (delta === null || delta === undefined) return <p className="figure__delta soft">{t('home.noDelta')}</p>
  const rising = !delta.startsWith('-')
  const good = Number(delta) === 0 || rising === (better === 'up')
  return (
    <p className={classes('figure__delta', good ? 'is-good' : 'is-bad')}>
      {rising ? <ArrowUpOutlined /> : <ArrowDownOutlined />} {formatShare(delta.replace('-', ''))} <small>{t('home.delta')}</small>
    </p>
  )
}

export function FigureCard({ title, data }: { title: string; data: Figure }) {
  const { company } = useMeta()
  const value = {
    money: formatShortMoney(data.value, company.currency),
    count: formatNumber(data.value),
    percent: formatShare(data.value, data.places),
  }[data.unit]
  const body = (
    <>
      <h2>{title}</h2>
      <p className="figure__value">{value || '—'}</p>
      <Delta delta={data.delta} better={data.better} />
    </>
  )
  return data.link ? (
    <TabLink className="figure" to={listUrl(data.link.key, data.link.query)}>
      {body}
    </TabLink>
  ) : (
    <div className="figure">{body}</div>
  )
}
