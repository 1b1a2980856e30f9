import { lazy } from 'react'
import { useTab } from '@/workspace/TabHost'
import { Missing } from './Missing'

const pages = {
  account: lazy(() => import('@/pages/account/AccountPage')),
  company: lazy(() => import('@/pages/company/CompanyPage')),
  subscription: lazy(() => import('@/pages/billing/SubscriptionPage')),
  security: lazy(() => import('@/pages/security/SecurityPage')),
  health: lazy(() => import('@/pages/console/HealthPage')),
  log: lazy(() => import('@/pages/console/LogPage')),
  jobs: lazy(() => import('@/pages/jobs/JobsPage')),
}

/** Pages with an address of their own: /w/page/<name>. */
export function OwnPage() {
  const { key } = useTab()
  const Page = key in pages ? pages[key as keyof typeof pages] : Missing
  return <Page />
}
