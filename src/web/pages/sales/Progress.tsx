import { useTranslation } from 'react-i18next'
import { Chain, type ChainDocument } from '@/kit/desk/parts'
import { type OrderLine, OrderLines } from './OrderLines'
import { type PlanLine, PlanTrack } from './PlanTrack'

export interface Progressing {
  lines: OrderLine[]
  plan: PlanLine[]
  documents: ChainDocument[]
}

/** How far a contract or an order is: payments, lines, and the documents around it. */
export function Progress({ desk }: { desk: Progressing }) {
  const { t } = useTranslation()
  return (
    <>
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
