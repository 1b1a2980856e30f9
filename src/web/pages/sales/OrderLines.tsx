import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { Bar, share } from '@/kit/desk/parts'
import { formatMoney, formatNumber } from '@/shared/format'

export interface OrderLine {
  id: Id
  label: string
  spec: string
  unit: string
  quantity: string
  delivered: string
  amount: string
  invoiced: string
  collected: string
}

/** The same line three times: goods moved, value invoiced, cash collected. */
export function OrderLines({ lines }: { lines: OrderLine[] }) {
  const { t } = useTranslation()
  return (
    <ul className="flows" data-testid="order-lines">
      {lines.map((line) => {
        const flows = [
          {
            name: 'delivered',
            tone: 'cyan',
            value: share(line.delivered, line.quantity),
            text: `${formatNumber(line.delivered)} / ${formatNumber(line.quantity)} ${line.unit}`,
          },
          { name: 'invoiced', tone: 'purple', value: share(line.invoiced, line.amount), text: formatMoney(line.invoiced) },
          { name: 'collected', tone: 'green', value: share(line.collected, line.amount), text: formatMoney(line.collected) },
        ]
        return (
          <li key={line.id}>
            <div className="flows__line">
              <b>{line.label}</b>
              <small>{line.spec}</small>
              <span className="num">{formatMoney(line.amount)}</span>
            </div>
            {flows.map((flow) => (
              <div key={flow.name} className="flows__bar" data-testid={`flow-${flow.name}`}>
                <span>
                  {t(`order.${flow.name}`)}
                  <span className="num">{flow.text}</span>
                </span>
                <Bar value={flow.value} tone={flow.tone} label={t(`order.${flow.name}`)} />
              </div>
            ))}
          </li>
        )
      })}
    </ul>
  )
}
