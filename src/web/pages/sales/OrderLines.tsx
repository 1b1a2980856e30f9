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
  ordered?: string
  delivered: string
  amount: string
  invoiced: string
  collected: string
}

/** The same line several times: ordered, goods moved, value invoiced, cash collected. */
export function OrderLines({ lines }: { lines: OrderLine[] }) {
  const { t } = useTranslation()
  return (
    <ul className="flows" data-testid="order-lines">
      {lines.map((line) => {
        const moved = (name: string, tone: string, part: string) => ({
          name,
          tone,
          value: share(part, line.quantity),
          text: `${formatNumber(part)} / ${formatNumber(line.quantity)} ${line.unit}`,
        })
        const flows = [
          ...(line.ordered === undefined ? [] : [moved('ordered', 'blue', line.ordered)]),
          moved('delivered', 'cyan', line.delivered),
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
