import { useTranslation } from 'react-i18next'
import { Bar } from '@/kit/desk/parts'
import '@/kit/desk/desk.css'
import { Part } from '@/kit/sheet/Sheet'
import { formatCurrency } from '@/shared/format'
import { amount, tone, type Use } from './model'

/** How much of the plan is used, and a word when little is left. */
export function Usage({ rows }: { rows: Use[] }) {
  const { t } = useTranslation()
  return (
    <Part title={t('billing.usage')} testid="usage">
      <ul className="usage">
        {rows.map((row) => {
          const of = row.most === null ? t('billing.unlimited') : amount(row.most, row.unit)
          const close = tone(row)
          return (
            <li key={row.name} data-testid={`use-${row.name}`}>
              <span>{t(`billing.use.${row.name}`)}</span>
              <span className="num">{`${amount(row.used, row.unit)} / ${of}`}</span>
              <Bar value={row.most ? Math.min(1, row.used / row.most) : 0} tone={close} label={t(`billing.use.${row.name}`)} />
              {row.beyond && (
                <small className="soft" data-testid={`beyond-${row.name}`}>
                  {t(`billing.beyond.${row.name === 'documents' ? 'documents' : 'api_calls'}`, {
                    price: formatCurrency(row.beyond.price, 'CNY'),
                    cost: formatCurrency(row.beyond.cost, 'CNY'),
                  })}
                </small>
              )}
              {close !== 'cyan' && !row.beyond && <small className={`is-${close}`}>{t(`billing.close.${close}.${row.name}`)}</small>}
            </li>
          )
        })}
      </ul>
    </Part>
  )
}
