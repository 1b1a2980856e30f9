import { lazy } from 'react'
import { useTab } from '@/workspace/TabHost'
import { Missing } from './Missing'

const pages = {
  account: lazy(() => import('@/pages/account/AccountPage')),
  company: lazy(() => import('@/pages/company/CompanyPage')),
  subscription: lazy(() => import('@/pages/billing/SubscriptionPage')),
  chart: lazy(() => import('@/pages/organization/chart/ChartPage')),
  parameters: lazy(() => import('@/pages/organization/parameters/ParametersPage')),
  codes: lazy(() => import('@/pages/organization/codes/CodesPage')),
  periods: lazy(() => import('@/pages/organization/periods/PeriodsPage')),
  territories: lazy(() => import('@/pages/organization/places/TerritoriesPage')),
  security: lazy(() => import('@/pages/security/SecurityPage')),
  health: lazy(() => import('@/pages/console/HealthPage')),
  log: lazy(() => import('@/pages/console/LogPage')),
  changes: lazy(() => import('@/pages/changes/ChangesPage')),
  systemlog: lazy(() => import('@/pages/console/LogPage')),
  approvals: lazy(() => import('@/pages/approvals/inbox/InboxPage')),
  subjects: lazy(() => import('@/pages/approvals/subjects/SubjectsPage')),
  limits: lazy(() => import('@/pages/approvals/limits/LimitsPage')),
  'form-library': lazy(() => import('@/pages/office/LibraryPage')),
  messages: lazy(() => import('@/pages/messages/MessagesPage')),
  alerts: lazy(() => import('@/pages/alerts/AlertsPage')),
  menus: lazy(() => import('@/pages/permissions/MenusPage')),
  screens: lazy(() => import('@/pages/permissions/MatrixPage')),
  methods: lazy(() => import('@/pages/permissions/MethodsPage')),
  duties: lazy(() => import('@/pages/permissions/DutiesPage')),
  jobs: lazy(() => import('@/pages/jobs/JobsPage')),
}

/** Pages with an address of their own: /w/page/<name>. */
export function OwnPage() {
  const { key } = useTab()
  const Page = key in pages ? pages[key as keyof typeof pages] : Missing
  return <Page />
}
