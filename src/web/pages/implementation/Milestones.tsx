import { CheckCircleFilled, ClockCircleOutlined, SyncOutlined } from '@ant-design/icons'
import Big from 'big.js'
import { useTranslation } from 'react-i18next'
import type { Colour, Id } from '@/api/types'
import { formatCurrency } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

export interface Milestone {
  id: Id
  name: string
  state: 'planned' | 'in_work' | 'delivered' | 'accepted' | 'invoiced' | 'paid'
  state_label: string
  color: Colour
  amount: string
  currency: string
  due_on: string | null
  accepted_by: string
  paid_on: string | null
}

function Sign({ state }: Pick<Milestone, 'state'>) {
  if (state === 'paid') return <CheckCircleFilled className="is-paid" />
  return state === 'planned' ? <ClockCircleOutlined /> : <SyncOutlined className="is-moving" />
}

function useNote() {
  const { t } = useTranslation()
  return (row: Milestone) => {
    if (row.paid_on) return t('project.paidOn', { date: row.paid_on })
    if (row.accepted_by) return t('project.acceptedBy', { name: row.accepted_by })
    return row.due_on ? t('project.due', { date: row.due_on }) : ''
  }
}

/** Step by step: what is delivered, accepted and paid. */
export function Milestones({ rows }: { rows: Milestone[] }) {
  const { t } = useTranslation()
  const note = useNote()
  const sum = (some: Milestone[]) => formatCurrency(some.reduce((so, row) => so.plus(row.amount), Big(0)).toFixed(2), rows[0]?.currency)
  const money = { paid: sum(rows.filter((row) => row.state === 'paid')), total: sum(rows) }
  return (
    <section className="panel section glance__wide">
      <h2>
        {t('project.milestones')} {rows.length > 0 && <small className="soft num">{t('project.paid', money)}</small>}
      </h2>
      {rows.length === 0 && <p className="soft">{t('project.noMilestones')}</p>}
      <ol className="milestones" data-testid="milestones">
        {rows.map((row) => (
          <li key={row.id} className={`is-${row.state}`}>
            <TabLink to={docUrl('implementation.milestone', row.id)}>
              <Sign state={row.state} />
              <b>{row.name}</b>
              <span className="num">{formatCurrency(row.amount, row.currency)}</span>
              <Tag color={row.color}>{row.state_label}</Tag>
              <small>{note(row)}</small>
            </TabLink>
          </li>
        ))}
      </ol>
    </section>
  )
}
