import { useTranslation } from 'react-i18next'
import { formatCurrency, formatNumber } from '@/shared/format'
import { classes } from '@/shared/text'
import type { PeriodName, Plan } from './model'

interface Props {
  rows: Plan[]
  period: PeriodName
  chosen: string
  onChoose: (code: string) => void
}

/** The plans side by side: what each allows and costs. */
export function PlanCards({ rows, period, chosen, onChoose }: Props) {
  const { t } = useTranslation()
  const number = (value: number | null) => (value === null ? t('billing.unlimited') : formatNumber(value))
  return (
    <fieldset className="plans" aria-label={t('billing.plan')}>
      {rows.map((plan) => (
        <button
          type="button"
          key={plan.code}
          className={classes('plans__one', plan.code === chosen && 'is-chosen')}
          aria-pressed={plan.code === chosen}
          data-testid={`plan-${plan.code}`}
          onClick={() => onChoose(plan.code)}
        >
          <b>{plan.name}</b>
          <span className="num">
            {formatCurrency(period === 'month' ? plan.monthly : plan.yearly, plan.currency)}
            <small>{` / ${t(`billing.unit.${period}`)}`}</small>
          </span>
          <small>{plan.parts.length ? t('billing.has.parts', { parts: plan.parts.join(', ') }) : t('billing.has.everything')}</small>
          <small>{t('billing.has.seats', { count: plan.seats })}</small>
          <small>{t('billing.has.storage', { size: plan.storage_gb === null ? t('billing.unlimited') : `${plan.storage_gb} GB` })}</small>
          <small>{t('billing.has.documents', { number: number(plan.documents) })}</small>
          <small>{t('billing.has.api_calls', { number: number(plan.api_calls) })}</small>
          <small className="soft">
            {t('billing.has.more', { price: formatCurrency(period === 'month' ? plan.seat_monthly : plan.seat_yearly, plan.currency) })}
          </small>
          {(['documents', 'api_calls'] as const).map((name) => {
            const price = plan.beyond[name]
            return (
              price && (
                <small className="soft" key={name}>
                  {t(`billing.more.${name}`, { price: formatCurrency(price, plan.currency) })}
                </small>
              )
            )
          })}
        </button>
      ))}
    </fieldset>
  )
}
