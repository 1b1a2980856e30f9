import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDescription, useDocument, useMeta } from '@/api/queries'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { Letters } from '@/kit/letters/Letters'
import { Suppose } from '@/kit/suppose/Suppose'
import { formatCurrency, formatDateTime } from '@/shared/format'
import { useTab } from '@/workspace/TabHost'
import { Progress, type Progressing } from './Progress'
import './order.css'

const FIGURES = ['amount', 'delivered_amount', 'invoiced', 'collected', 'retained'] as const

interface ContractDesk extends Progressing {
  totals: Record<(typeof FIGURES)[number], string | null>
  /** Who signed for the other party. */
  signature: { name: string; at: string } | null
  letters: boolean
}

function ContractOverview({ desk, doc }: DeskProps<ContractDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const ours = doc.kind === 'purchase' || doc.kind === 'freight'
  const labels = {
    amount: t('order.contractAmount'),
    delivered_amount: t('order.delivered'),
    invoiced: t('order.invoiced'),
    collected: t(ours ? 'order.paidOut' : 'order.collected'),
    retained: t(ours ? 'order.retainedOut' : 'order.retained'),
  }
  return (
    <>
      <Figures
        items={FIGURES.map((name) => {
          const value = desk.totals[name]
          return { name, label: labels[name], value: value === null ? '—' : formatCurrency(value, company.currency) }
        })}
      />
      {desk.signature && (
        <Alert type="success" showIcon title={t('order.signedBy', { name: desk.signature.name, at: formatDateTime(desk.signature.at) })} />
      )}
      <Progress desk={desk} />
      {desk.letters && (
        <section className="panel section">
          <h2>{t('order.letters')}</h2>
          <Letters url={`/api/v1/contracts/contracts/${doc.id}/`} />
        </section>
      )}
    </>
  )
}

/** 合同跟踪: what of each line is ordered, delivered, invoiced and paid; the form comes first. */
export default function ContractPage() {
  const { key, id } = useTab()
  const doc = useDocument(useDescription(key).data, id).data
  return <DeskPage<ContractDesk> view={ContractOverview} opens="form" extra={doc && <Suppose doc={doc} />} />
}
