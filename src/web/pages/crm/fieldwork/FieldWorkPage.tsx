import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Empty, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { queryString, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { openNew } from '@/kit/document/help'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { formatShare } from '@/shared/format'
import { byName } from '@/shared/pinyin'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl, listUrl, newUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { plusDays } from '../model'
import '../forecast/forecast.css'

const COUNTED = [
  'planned',
  'kept',
  'done',
  'visits',
  'calls',
  'check_ins',
  'customers',
  'late',
  'gaps',
  'told',
  'rated',
  'led_on',
  'good',
] as const
type Counted = Record<(typeof COUNTED)[number], number>

interface Gap {
  id: Id
  label: string
  grade: string
  owner: number | null
  owner_label: string
  last: string | null
  days: number | null
}
interface Week {
  from: string
  to: string
  rows: (Counted & { owner: number | null; label: string })[]
  gaps: Gap[]
  gaps_in_all: number
}

/** 拜访与跟进: what was planned and done in a week, and whom nobody has spoken to. */
export default function FieldWorkPage() {
  const { t } = useTranslation()
  const { company, resources } = useMeta()
  const [day, setDay] = useState(company.today)
  const [whose, setWhose] = useState<string>()
  const { data, error } = useQuery({
    queryKey: ['crm', 'field-work', day],
    queryFn: () => get<Week>(`/api/v1/crm/field-work/?week=${day}`),
    placeholderData: (before) => before,
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const gaps = data.gaps.filter((gap) => !whose || String(gap.owner) === whose)
  const ofWeek = (owner: number | null) => listUrl('crm.activity', queryString({ owner, day__gte: data.from, day__lte: data.to }))
  return (
    <Sheet title={t('page.field-work')} wide>
      <Part title={`${data.from} – ${data.to}`} testid="week">
        <span className="week__turn">
          <Button icon={<LeftOutlined />} aria-label={t('crm.weekBefore')} onClick={() => setDay(plusDays(day, -7))} />
          <Button onClick={() => setDay(company.today)}>{t('crm.thisWeek')}</Button>
          <Button icon={<RightOutlined />} aria-label={t('crm.weekAfter')} onClick={() => setDay(plusDays(day, 7))} />
        </span>
        {data.rows.length === 0 ? (
          <Empty description={t('crm.noActivities')}>
            {resources['crm.activity']?.can.create && <TabLink to={newUrl('crm.activity')}>{t('crm.newActivity')}</TabLink>}
          </Empty>
        ) : (
          <div className="scroll-x">
            <table className="figures-table">
              <thead>
                <tr>
                  <th>{t('crm.colleague')}</th>
                  {COUNTED.map((name) => (
                    <th key={name} className="num">
                      {t(`crm.count_${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.rows.map((row) => (
                  <tr key={row.owner}>
                    <th scope="row">
                      <TabLink to={ofWeek(row.owner)}>{row.label}</TabLink>
                    </th>
                    {COUNTED.map((name) => (
                      <td key={name} className="num">
                        {row[name]}
                        {name === 'good' && row.done > 0 && <small className="soft"> {formatShare(row.good / row.done, 0)}</small>}
                        {name === 'kept' && row.planned > 0 && <small className="soft"> {formatShare(row.kept / row.planned, 0)}</small>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Part>
      <Part title={t('crm.gaps', { count: data.gaps_in_all })} text={t('crm.gapsText')} testid="gaps">
        {data.gaps.length === 0 && <p className="soft">{t('crm.noGaps')}</p>}
        {data.rows.length > 1 && data.gaps.length > 0 && (
          <Select
            allowClear
            className="outcomes__span"
            placeholder={t('crm.everybody')}
            aria-label={t('crm.whose')}
            showSearch={byName}
            value={whose}
            onChange={setWhose}
            options={data.rows
              .filter((row) => row.gaps > 0)
              .map((row) => ({ value: String(row.owner), label: `${row.label} · ${row.gaps}` }))}
          />
        )}
        <ul className="gaps">
          {gaps.map((gap) => (
            <li key={gap.id}>
              <TabLink to={docUrl('partners.partner', gap.id)}>{gap.label}</TabLink>
              <Tag color={gap.grade === 'A' ? 'gold' : 'blue'}>{gap.grade}</Tag>
              <span className="gaps__owner soft">{gap.owner_label}</span>
              <span className="gaps__days soft num">{gap.days === null ? t('crm.never') : t('crm.daysAgo', { count: gap.days })}</span>
              {resources['crm.activity']?.can.create && (
                <Button size="small" onClick={() => openNew('crm.activity', { partner: { id: gap.id, label: gap.label } }, gap.label)}>
                  {t('crm.plan')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Part>
    </Sheet>
  )
}
