import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Colour, Id } from '@/api/types'
import { formatMoney } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Row {
  _key: string
  id: Id
  label: string
  sub: string
  amount?: string
  date?: string
  tag?: { label: string; color: Colour }
}

export function ListCard({ title, data }: { title: string; data: { rows: Row[] } }) {
  const { t } = useTranslation()
  return (
    <>
      <h2 className="homecard__title">
        {title} {data.rows.length > 0 && <small>{data.rows.length}</small>}
      </h2>
      {data.rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('home.nothing')} />}
      <ul className="homelist">
        {data.rows.map((row) => (
          <li key={`${row._key}${row.id}`}>
            <TabLink to={docUrl(row._key, row.id)}>
              {row.tag && <Tag color={row.tag.color}>{row.tag.label}</Tag>}
              <span className="homelist__text">
                <b>{row.label}</b>
                <small>{row.sub}</small>
              </span>
              <span className="homelist__end">
                {row.amount && <b className="num">{formatMoney(row.amount)}</b>}
                {row.date && <small>{row.date}</small>}
              </span>
            </TabLink>
          </li>
        ))}
      </ul>
    </>
  )
}
