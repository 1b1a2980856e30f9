import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { Sheet } from '@/kit/sheet/Sheet'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { useTab } from '@/workspace/TabHost'
import { Invoices } from './Invoices'
import { overview } from './model'
import { OrderDrawer } from './OrderDrawer'
import { Standing } from './Standing'
import { TitleForm } from './TitleForm'
import { Usage } from './Usage'
import './billing.css'

const SOON = 3000

/** What the company has bought, uses and owes; for its administrator. */
export default function SubscriptionPage() {
  const { t } = useTranslation()
  const { query } = useTab()
  const [ordering, setOrdering] = useState(false)
  const returned = new URLSearchParams(query).has('paid')
  const { data, error } = useQuery({
    ...overview,
    refetchInterval: ({ state }) => (returned && state.data?.status !== 'active' && !state.data?.by_card ? SOON : false),
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const settled = data.status === 'active' || data.by_card
  return (
    <Sheet title={t('page.subscription')} wide>
      {returned && (
        <Alert type={settled ? 'success' : 'info'} showIcon title={settled ? t('billing.arrived') : t('billing.arriving')} closable />
      )}
      <div className="billing__pair">
        <Standing data={data} onOrder={() => setOrdering(true)} />
        <Usage rows={data.usage} />
      </div>
      <Invoices data={data} />
      <TitleForm />
      {ordering && <OrderDrawer data={data} onClose={() => setOrdering(false)} />}
    </Sheet>
  )
}
