import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { Bar, share } from '@/kit/desk/parts'
import { useMoney } from '@/shared/currency'
import { formatNumber } from '@/shared/format'
import { Tag } from '@/shared/Tag'

export interface OrderLine {
  id: Id
  label: string
  spec: string
  unit: string
  quantity: string
  ordered?: string
  produced?: string
  retained?: string | null
  deliveries?: { on: string; quantity: string; done: boolean }[]
  /** Of what we buy. */
  arrived?: string
  delivered?: string
  /** What was ordered and delivered is worth. */
  ordered_amount?: string | null
  delivered_amount?: string | null
  amount: string
  invoiced?: string
  collected: string
}

/** When which quantity was promised and whether it has gone; what is retained. */
function Promises({ line }: { line: OrderLine }) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const kept = Number(line.retained) > 0
  if (!line.deliveries?.length && !kept) return null
  return (
    <p className="flows__promises" data-testid="promises">
      {!!line.deliveries?.length && t('order.promised')}
      {line.deliveries?.map((one) => (
        <Tag key={`${one.on} ${one.quantity}`} color={one.done ? 'green' : 'default'}>
          {one.on} × {formatNumber(one.quantity)}
        </Tag>
      ))}
      {kept && (
        <span>
          {t('order.retained')} <span className="num">{money(line.retained)}</span>
        </span>
      )}
    </p>
  )
}

/** The same line several times: ordered, goods moved, value invoiced, cash collected. */
export function OrderLines({ lines }: { lines: OrderLine[] }) {
  const { t } = useTranslation()
  const { money } = useMoney()
  return (
    <ul className="flows" data-testid="order-lines">
      {lines.map((line) => {
        const moved = (name: string, tone: string, part: string, worth: string | null = null) => ({
          name,
          tone,
          worth,
          value: share(part, line.quantity),
          text: `${formatNumber(part)} / ${formatNumber(line.quantity)} ${line.unit}`,
        })
        const paid = (name: string, tone: string, part: string) => ({
          name,
          tone,
          worth: null,
          value: share(part, line.amount),
          text: money(part),
        })
        const flows = [
          ...(line.ordered === undefined ? [] : [moved('ordered', 'blue', line.ordered, line.ordered_amount)]),
          ...(line.produced === undefined ? [] : [moved('produced', 'orange', line.produced)]),
          ...(line.delivered === undefined ? [] : [moved('delivered', 'cyan', line.delivered, line.delivered_amount)]),
          ...(line.arrived === undefined ? [] : [moved('arrived', 'cyan', line.arrived)]),
          ...(line.invoiced === undefined ? [] : [paid('invoiced', 'purple', line.invoiced)]),
          paid(line.arrived === undefined ? 'collected' : 'paidOut', 'green', line.collected),
        ]
        return (
          <li key={line.id}>
            <div className="flows__row">
              <div className="flows__line">
                <b>{line.label}</b>
                <small>{line.spec}</small>
                <span className="num">{money(line.amount)}</span>
              </div>
              {flows.map((flow) => (
                <div key={flow.name} className="flows__bar" data-testid={`flow-${flow.name}`}>
                  <span>
                    {t(`order.${flow.name}`)}
                    <span className="num">{flow.text}</span>
                  </span>
                  <Bar value={flow.value} tone={flow.tone} label={t(`order.${flow.name}`)} />
                  {flow.worth && <small className="num">{money(flow.worth)}</small>}
                </div>
              ))}
            </div>
            <Promises line={line} />
          </li>
        )
      })}
    </ul>
  )
}
