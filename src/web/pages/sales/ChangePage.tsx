import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { registerFollow } from '@/kit/grid/follows'
import { letGo } from '@/kit/selection/pairing'
import { useCurrency, useMoney } from '@/shared/currency'
import { formatCurrency, formatMoney, formatNumber, formatPrice } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { needs } from './Needs'
import './order.css'
import './change.css'

interface Priced {
  spec: string
  quantity: string
  unit_price: string | null
  discount: string
  amount: string | null
}

interface Stage {
  name: string
  amount: string | null
  trigger: string
  gate: string
  days: string
  months: string
  on: string
}

interface Pair<T> {
  before: T | null
  after: T | null
}

interface Effect {
  lines?: (Pair<Priced> & { label: string; choices?: { name: string; label: string; from: string; to: string }[] })[]
  kept?: number
  plan?: (Pair<Stage> & { paid: boolean })[]
  trouble?: string
  days?: Pair<string>
}

const priced = (one: Priced | null, currency: string) =>
  one &&
  [
    `${formatNumber(one.quantity)} × ${one.unit_price === null ? '…' : formatPrice(one.unit_price, currency)}`,
    Number(one.discount) ? `−${formatNumber(one.discount)} %` : '',
    one.amount === null ? '' : `= ${formatMoney(one.amount, currency)}`,
  ]
    .filter(Boolean)
    .join(' ')

/** What was, crossed out where it is another now, and what it becomes. */
function Both({ before, after }: Pair<string>) {
  const { t } = useTranslation()
  if (before === after) return <span className="changed__pair num">{after}</span>
  return (
    <span className="changed__pair">
      {before ? <s className="num">{before}</s> : <Tag color="green">{t('contract.new')}</Tag>}
      {after ? <span className="num">{after}</span> : <Tag color="red">{t('contract.gone')}</Tag>}
    </span>
  )
}

function Stages({ plan }: { plan: NonNullable<Effect['plan']> }) {
  const { t } = useTranslation()
  const { money } = useMoney()
  const terms = (one: Stage | null) =>
    one &&
    [
      one.on || one.trigger,
      Number(one.months) ? t('contract.months', { n: one.months }) : '',
      Number(one.days) ? t('contract.days', { n: one.days }) : '',
    ]
      .filter(Boolean)
      .join(' + ')
  return (
    <ul className="changed" data-testid="change-plan">
      {plan.map((row, at) => (
        <li key={at}>
          <b>
            {row.after?.name ?? row.before?.name}
            {row.paid && <Tag color="green">{t('suppose.paid')}</Tag>}
          </b>
          <Both before={row.before && money(row.before.amount ?? '…')} after={row.after && money(row.after.amount ?? '…')} />
          <Both before={terms(row.before ?? row.after)} after={terms(row.after ?? row.before)} />
        </li>
      ))}
    </ul>
  )
}

function ChangeEffect({ desk, doc }: DeskProps<Effect>) {
  const { t } = useTranslation()
  const currency = useCurrency()
  const { lines = [], plan = [], days } = desk
  const money = (name: string) => formatCurrency(doc[name], currency)
  return (
    <>
      {needs(doc)}
      <Figures
        items={[
          { name: 'before', label: t('contract.before'), value: money('total_before') },
          { name: 'after', label: t('contract.after'), value: money('total') },
          { name: 'difference', label: t('contract.difference'), value: money('difference') },
        ]}
      />
      {desk.trouble && <Alert type="error" showIcon title={desk.trouble} />}
      <section className="panel section">
        <h2>{t('contract.lines')}</h2>
        {lines.length === 0 && <p className="soft">{t('contract.sameLines')}</p>}
        <ul className="changed is-lines" data-testid="change-lines">
          {lines.map((line, at) => (
            <li key={at}>
              <b>{line.label}</b>
              <Both before={priced(line.before, currency)} after={priced(line.after, currency)} />
              {line.choices?.map((one) => (
                <span key={one.name} className="changed__choice">
                  <span className="soft">{one.label}</span> <Both before={one.from || '—'} after={one.to || '—'} />
                </span>
              ))}
            </li>
          ))}
        </ul>
        {!!desk.kept && lines.length > 0 && <p className="soft">{t('contract.kept', { count: desk.kept })}</p>}
        {days && days.before !== days.after && (
          <p className="changed__day">
            {t('contract.delivery')} <Both before={days.before} after={days.after} />
          </p>
        )}
      </section>
      {plan.length > 0 && (
        <section className="panel section">
          <h2>{t('order.plan')}</h2>
          <Stages plan={plan} />
        </section>
      )}
    </>
  )
}

registerFollow('contracts.change.lines', letGo)

/** 变更单: the form, and what it makes of the contract side by side with what that was. */
export default function ChangePage() {
  return <DeskPage<Effect> view={ChangeEffect} opens="form" above={needs} />
}
