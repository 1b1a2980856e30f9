import { LockOutlined, RightCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Help } from '@/api/types'
import type { DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { follow } from '@/kit/document/help'
import { useCurrency } from '@/shared/currency'
import { formatCurrency, formatNumber } from '@/shared/format'
import { classes } from '@/shared/text'
import { Progress, type Progressing } from './Progress'

export interface OrderDesk extends Progressing {
  totals: Record<'amount' | 'delivered_amount' | 'invoiced' | 'collected' | 'cost' | 'margin' | 'margin_rate', string | null>
  next: { verb: string; label: string; enabled: boolean; reason: string; help?: Help[] } | null
}

function NextStep({ next, start }: { next: NonNullable<OrderDesk['next']>; start: (verb: string) => void }) {
  const { t } = useTranslation()
  return (
    <section className={classes('panel nextstep', !next.enabled && 'is-locked')} data-testid="next-step">
      {next.enabled ? <RightCircleOutlined /> : <LockOutlined />}
      <div>
        <b>{t('order.next', { action: next.label })}</b>
        {next.reason && <p>{next.reason}</p>}
      </div>
      {next.help?.map((help, at) => (
        <Button key={help.label} type={at === 0 ? 'primary' : 'default'} data-testid="help" onClick={() => follow(help)}>
          {help.label}
        </Button>
      ))}
      {(next.enabled || !next.help?.length) && (
        <Button type={next.enabled ? 'primary' : 'default'} onClick={() => start(next.verb)}>
          {next.enabled ? next.label : t('order.unlock')}
        </Button>
      )}
    </section>
  )
}

export function OrderOverview({ desk, start }: DeskProps<OrderDesk>) {
  const { t } = useTranslation()
  const currency = useCurrency()
  const { totals } = desk
  const money = (value: string | null | undefined) => (value === null || value === undefined ? '—' : formatCurrency(value, currency))
  return (
    <>
      {desk.next && <NextStep next={desk.next} start={start} />}
      <Figures
        items={[
          { name: 'amount', label: t('order.amount'), value: money(totals.amount) },
          { name: 'delivered', label: t('order.delivered'), value: money(totals.delivered_amount) },
          { name: 'invoiced', label: t('order.invoiced'), value: money(totals.invoiced) },
          { name: 'collected', label: t('order.collected'), value: money(totals.collected) },
          {
            name: 'margin',
            label: t('order.margin'),
            value: money(totals.margin),
            note: totals.margin_rate ? `${formatNumber(totals.margin_rate, { max: 1 })}%` : '',
          },
        ]}
      />
      <Progress desk={desk} />
    </>
  )
}
