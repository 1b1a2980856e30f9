import { CheckCircleFilled, LockFilled, UnlockOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Bar, share } from '@/kit/desk/parts'
import { useMoney } from '@/shared/currency'
import { formatNumber } from '@/shared/format'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'

export interface PlanLine {
  seq: number
  name: string
  percent: string
  amount: string
  collected: string
  invoiced?: string | null
  due_date: string | null
  forecast_date?: string | null
  trigger_label?: string
  state: string
  gate: string
  gate_label: string
  bill_label?: string
  blocking: boolean
}

function Gate({ line, paid }: { line: PlanLine; paid: boolean }) {
  const { t } = useTranslation()
  const what = line.gate_label
  if (line.blocking)
    return (
      <p className="plan__gate">
        <LockFilled /> {t('order.blocks', { what })}
      </p>
    )
  if (!what) return <p className="plan__gate soft">{t('order.noGate')}</p>
  return (
    <p className="plan__gate">
      {paid ? <CheckCircleFilled /> : <UnlockOutlined />} {t(paid ? 'order.opened' : 'order.gate', { what })}
    </p>
  )
}

function Stage({ line }: { line: PlanLine }) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const part = share(line.collected, line.amount)
  const paid = part === 1
  const tone = line.blocking ? 'orange' : paid ? 'green' : 'blue'
  return (
    <li className={classes(line.blocking && 'is-blocking', paid && 'is-paid')} style={vars({ part: line.percent || 1 })}>
      <div className="plan__head">
        <b>
          {line.seq} {line.name}
        </b>
        <span className="soft">{formatNumber(line.percent)}%</span>
      </div>
      <Bar value={part} tone={tone} label={line.name} />
      <p className="num">
        {money(line.collected)} <span className="soft">/ {money(line.amount)}</span>
      </p>
      {Number(line.invoiced) > 0 && (
        <p className="soft">
          {t('order.invoiced')} <span className="num">{money(line.invoiced)}</span>
        </p>
      )}
      <Gate line={line} paid={paid} />
      {line.bill_label && <p className="soft">{t('order.bill', { rule: line.bill_label })}</p>}
      <p className="soft">
        {line.due_date
          ? t('order.due', { date: line.due_date })
          : line.forecast_date
            ? t('order.forecast', { date: line.forecast_date })
            : (line.trigger_label ?? t('order.notDue'))}
      </p>
    </li>
  )
}

/** Payment by payment: how much is in, and what each one holds back until it is. */
export function PlanTrack({ plan }: { plan: PlanLine[] }) {
  return (
    <ol className="plan" data-testid="plan">
      {plan.map((line) => (
        <Stage key={line.seq} line={line} />
      ))}
    </ol>
  )
}
