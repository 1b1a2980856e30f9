import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDescription, useDocument } from '@/api/queries'
import { DeskPage, type DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { DocumentView } from '@/kit/document/DocumentPage'
import { registerFollow } from '@/kit/grid/follows'
import { Letters } from '@/kit/letters/Letters'
import { letGo } from '@/kit/selection/pairing'
import { Suppose } from '@/kit/suppose/Suppose'
import { useCurrency } from '@/shared/currency'
import { formatCurrency, formatDateTime } from '@/shared/format'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { ClauseRisks, type RiskyClause } from './ClauseRisks'
import { needs } from './Needs'
import { Progress, type Progressing } from './Progress'
import { SealRequest } from './SealRequest'
import './order.css'

const FIGURES = ['amount', 'delivered_amount', 'invoiced', 'collected', 'retained'] as const

const OF_SALES: readonly string[] = ['delivered_amount', 'invoiced']

interface ContractDesk extends Progressing {
  totals: Record<(typeof FIGURES)[number], string | null>
  /** Who signed for the other party. */
  signature: { name: string; at: string } | null
  letters: boolean
  clauses: RiskyClause[]
}

function ContractOverview({ desk, doc }: DeskProps<ContractDesk>) {
  const { t } = useTranslation()
  const ours = doc.kind === 'purchase' || doc.kind === 'freight'
  const currency = useCurrency()
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
        items={FIGURES.filter((name) => !ours || !OF_SALES.includes(name)).map((name) => {
          const value = desk.totals[name]
          return { name, label: labels[name], value: value === null ? '—' : formatCurrency(value, currency) }
        })}
      />
      {desk.signature && (
        <Alert type="success" showIcon title={t('order.signedBy', { name: desk.signature.name, at: formatDateTime(desk.signature.at) })} />
      )}
      <Progress desk={desk} />
      {desk.clauses.length > 0 && <ClauseRisks clauses={desk.clauses} />}
      {desk.letters && (
        <section className="panel section">
          <h2>{t('order.letters')}</h2>
          <Letters url={`/api/v1/contracts/contracts/${doc.id}/`} />
        </section>
      )}
    </>
  )
}

registerFollow('contracts.contract.lines', letGo)

/** 合同跟踪: what of each line is ordered, delivered, invoiced and paid; the form comes first. */
export default function ContractPage() {
  const { key, id } = useTab()
  const fresh = isNew(id)
  const doc = useDocument(useDescription(key).data, fresh ? null : id).data
  if (fresh) {
    return (
      <DocumentView
        above={(made, computed) => {
          const shown = needs(made, computed)
          return shown && <div className="above">{shown}</div>
        }}
      />
    )
  }
  return (
    <DeskPage<ContractDesk>
      view={ContractOverview}
      opens="form"
      above={needs}
      extra={
        doc && (
          <>
            <SealRequest doc={doc} />
            <Suppose doc={doc} />
          </>
        )
      }
    />
  )
}
