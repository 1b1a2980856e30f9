import { CheckCircleFilled, LockFilled, UnlockOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Bar, share } from '@/kit/desk/parts'
import { formatMoney, formatNumber } from '@/shared/format'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'

export interface PlanLine {
  seq: number
  name: string
  percent: string
  amount: string
  collected: string
  due_date: string | null
  state: string
  gate: string
  gate_label: string
  blocking: boolean
}

/** Payment by payment: how much is in, and what each one holds back until it is. */
export function PlanTrack({ plan }: { plan: PlanLine[] }) {
  const { t } = useTranslation()
  return (
    <ol className="plan" data-testid="plan">
      {plan.map((line) => {
        const paid = share(line.collected, line.amount)
        return (
          <li
            key={line.seq}
            className={classes(line.blocking && 'is-blocking', paid === 1 && 'is-paid')}
            style={vars({ part: line.percent || 1 })}
          >
            <div className="plan__head">
              <b>
                {line.seq} {line.name}
              </b>
              <span className="soft">{formatNumber(line.percent)}%</span>
            </div>
            <Bar value={paid} tone={paid === 1 ? 'green' : line.blocking ? 'orange' : 'blue'} label={line.name} />
            <p className="num">
              {formatMoney(line.collected)} <span className="soft">/ {formatMoney(line.amount)}</span>
            </p>
            <p className="plan__gate">
              {paid === 1 && !line.blocking ? (
                <CheckCircleFilled />
              ) : line.blocking ? (
                <LockFilled />
              ) : line.gate ? (
                <UnlockOutlined />
              ) : null}
              {line.blocking
                ? t('order.blocks', { what: line.gate_label })
                : line.gate_label
                  ? t(paid === 1 ? 'order.opened' : 'order.gate', { what: line.gate_label })
                  : t('order.noGate')}
            </p>
            <p className="soft">{line.due_date ? t('order.due', { date: line.due_date }) : t('order.notDue')}</p>
          </li>
        )
      })}
    </ol>
  )
}
