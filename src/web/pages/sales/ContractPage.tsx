import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Chain, type ChainDocument, Figures } from '@/kit/desk/parts'
import { formatCurrency } from '@/shared/format'
import { type OrderLine, OrderLines } from './OrderLines'
import { type PlanLine, PlanTrack } from './PlanTrack'
import './order.css'

const FIGURES = ['amount', 'delivered_amount', 'invoiced', 'collected', 'retained'] as const

interface ContractDesk {
  lines: OrderLine[]
  totals: Record<(typeof FIGURES)[number], string | null>
  plan: PlanLine[]
  documents: ChainDocument[]
}

function ContractOverview({ desk }: DeskProps<ContractDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const labels = {
    amount: t('order.amount'),
    delivered_amount: t('order.delivered'),
    invoiced: t('order.invoiced'),
    collected: t('order.collected'),
    retained: t('order.retained'),
  }
  return (
    <>
      <Figures
        items={FIGURES.map((name) => {
          const value = desk.totals[name]
          return { name, label: labels[name], value: value === null ? '—' : formatCurrency(value, company.currency) }
        })}
      />
      {desk.plan.length > 0 && (
        <section className="panel section">
          <h2>{t('order.plan')}</h2>
          <PlanTrack plan={desk.plan} />
        </section>
      )}
      <section className="panel section">
        <h2>{t('order.lines')}</h2>
        <OrderLines lines={desk.lines} />
      </section>
      {desk.documents.length > 0 && (
        <section className="panel section">
          <h2>{t('order.chain')}</h2>
          <Chain documents={desk.documents} />
        </section>
      )}
    </>
  )
}

/** 合同跟踪: what of each line is ordered, delivered, invoiced and paid; the form comes first. */
export default function ContractPage() {
  return <DeskPage<ContractDesk> view={ContractOverview} opens="form" />
}
