import { lazyPage } from '@/shared/lazyPage'
import { useTab } from '@/workspace/TabHost'
import { Missing } from './Missing'

const prices = lazyPage(() => import('@/pages/quoting/PolicyList'))
const pages = {
  'product-prices': prices,
  'company-prices': prices,
  'customer-prices': prices,
  account: lazyPage(() => import('@/pages/account/AccountPage')),
  company: lazyPage(() => import('@/pages/company/CompanyPage')),
  subscription: lazyPage(() => import('@/pages/billing/SubscriptionPage')),
  chart: lazyPage(() => import('@/pages/organization/chart/ChartPage')),
  parameters: lazyPage(() => import('@/pages/organization/parameters/ParametersPage')),
  codes: lazyPage(() => import('@/pages/organization/codes/CodesPage')),
  periods: lazyPage(() => import('@/pages/organization/periods/PeriodsPage')),
  territories: lazyPage(() => import('@/pages/organization/places/TerritoriesPage')),
  security: lazyPage(() => import('@/pages/security/SecurityPage')),
  health: lazyPage(() => import('@/pages/console/HealthPage')),
  log: lazyPage(() => import('@/pages/console/LogPage')),
  changes: lazyPage(() => import('@/pages/changes/ChangesPage')),
  training: lazyPage(() => import('@/pages/training/TrainingPage')),
  systemlog: lazyPage(() => import('@/pages/console/LogPage')),
  pipeline: lazyPage(() => import('@/pages/crm/pipeline/PipelinePage')),
  forecast: lazyPage(() => import('@/pages/crm/forecast/ForecastPage')),
  'campaign-return': lazyPage(() => import('@/pages/crm/returns/ReturnsPage')),
  'field-work': lazyPage(() => import('@/pages/crm/fieldwork/FieldWorkPage')),
  approvals: lazyPage(() => import('@/pages/approvals/inbox/InboxPage')),
  subjects: lazyPage(() => import('@/pages/approvals/subjects/SubjectsPage')),
  limits: lazyPage(() => import('@/pages/approvals/limits/LimitsPage')),
  balances: lazyPage(() => import('@/pages/office/BalancesPage')),
  'form-library': lazyPage(() => import('@/pages/office/LibraryPage')),
  messages: lazyPage(() => import('@/pages/messages/MessagesPage')),
  alerts: lazyPage(() => import('@/pages/alerts/AlertsPage')),
  menus: lazyPage(() => import('@/pages/permissions/MenusPage')),
  screens: lazyPage(() => import('@/pages/permissions/MatrixPage')),
  methods: lazyPage(() => import('@/pages/permissions/MethodsPage')),
  duties: lazyPage(() => import('@/pages/permissions/DutiesPage')),
  select: lazyPage(() => import('@/pages/selection/SelectPage')),
  'customer-values': lazyPage(() => import('@/pages/partners/ValuesPage')),
  'possible-duplicates': lazyPage(() => import('@/pages/partners/pairs/PairsPage')),
  'territory-statistics': lazyPage(() => import('@/pages/partners/territories/StatisticsPage')),
  jobs: lazyPage(() => import('@/pages/jobs/JobsPage')),
}

/** Pages with an address of their own: /w/page/<name>. */
export function OwnPage() {
  const { key } = useTab()
  const Page = key in pages ? pages[key as keyof typeof pages] : Missing
  return <Page />
}
