import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { formatCurrency } from '@/shared/format'
import { Progress, type Progressing } from './Progress'
import './order.css'

const FIGURES = ['amount', 'delivered_amount', 'invoiced', 'collected', 'retained'] as const

interface ContractDesk extends Progressing {
  totals: Record<(typeof FIGURES)[number], string | null>
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
      <Progress desk={desk} />
    </>
  )
}

/** 合同跟踪: what of each line is ordered, delivered, invoiced and paid; the form comes first. */
export default function ContractPage() {
  return <DeskPage<ContractDesk> view={ContractOverview} opens="form" />
}
