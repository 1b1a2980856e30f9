import { type ComponentType, lazy, Suspense } from 'react'
import { registerPage } from '@/kit/document/bespoke'
import { type InputProps, registerInput } from '@/kit/field/overlays'
import { registerPartners } from '@/pages/partners/register'
import { lazyPage } from '@/shared/lazyPage'
import { parseUrl } from '@/workspace/route'
import type { Pages } from '@/workspace/TabHost'
import { Missing } from './Missing'
import { OwnPage } from './OwnPage'

const loaders = {
  home: () => import('@/pages/home/HomePage'),
  list: () => import('@/kit/list/ListPage'),
  doc: () => import('@/kit/document/DocumentPage'),
}

export const pages: Pages = {
  home: lazy(loaders.home),
  list: lazy(loaders.list),
  doc: lazy(loaders.doc),
  page: OwnPage,
  missing: Missing,
}

/** The screen asked for is fetched while the description of the workspace is still on its way. */
export function preloadFor(path: string) {
  const { page } = parseUrl(path)
  if (page in loaders) void loaders[page as keyof typeof loaders]()
}

/** An input of one field only, fetched when it is first shown. */
function later(load: () => Promise<{ default: ComponentType<InputProps> }>): ComponentType<InputProps> {
  const Input = lazyPage(load)
  return (props) => (
    <Suspense>
      <Input {...props} />
    </Suspense>
  )
}

/** A page of its own for a document type, fetched when one is first opened. */
const page = (key: string, load: () => Promise<{ default: ComponentType }>) => registerPage(key, lazyPage(load))

/** Everything that is not generated. */
export function registerAll() {
  registerInput(
    'organization.role.grants',
    later(() => import('@/pages/permissions/GrantsInput')),
  )
  registerInput(
    'office.form.design',
    later(() => import('@/pages/office/DesignInput')),
  )
  registerInput(
    'selection.ruleset.table',
    later(() => import('@/pages/selection/TableInput')),
    'page',
  )
  registerInput(
    'selection.configuration.choices',
    later(() => import('@/pages/selection/ChoicesInput')),
    'page',
  )
  registerInput(
    'organization.role.masks',
    later(() => import('@/pages/permissions/MasksInput')),
  )
  registerInput(
    'organization.region.divisions',
    later(() => import('@/kit/field/division/DivisionsInput')),
  )
  registerInput(
    'organization.role.screens',
    later(() => import('@/pages/permissions/ScreensInput')),
  )
  page('organization.role', () => import('@/pages/permissions/RolePage'))
  page('organization.member', () => import('@/pages/permissions/MemberPage'))
  for (const name of ['role', 'member'])
    registerInput(
      `organization.${name}.entry`,
      later(() => import('@/pages/permissions/EntryInput')),
    )
  registerInput(
    'organization.handover.moved',
    later(() => import('@/pages/organization/MovesInput')),
  )
  registerInput(
    'kernel.printtemplate.seal',
    later(() => import('@/pages/organization/SealInput')),
  )
  page('quoting.quote', () => import('@/pages/quoting/QuotePage'))
  registerInput(
    'quoting.quote.reprice.lines',
    later(() => import('@/pages/quoting/Repricing')),
  )
  page('pricing.pricepolicy', () => import('@/pages/quoting/PolicyPage'))
  page('organization.company', () => import('@/pages/organization/CompanyPage'))
  registerInput(
    'kernel.printtemplate.blocks',
    later(() => import('@/pages/organization/BlocksInput')),
  )
  registerInput(
    'kernel.numberrule.pattern',
    later(() => import('@/pages/organization/PatternInput')),
  )
  registerInput(
    'console.feedback.snapshot',
    later(() => import('@/pages/feedback/SnapshotInput')),
  )
  registerInput(
    'kernel.webhook.kinds',
    later(() => import('@/pages/webhooks/KindsInput')),
  )
  page('kernel.webhook', () => import('@/pages/webhooks/WebhookPage'))
  registerInput(
    'approvals.flow.drawing',
    later(() => import('@/pages/approvals/designer/FlowDesigner')),
    'page',
  )
  for (const name of ['flow', 'limit', 'approval'])
    registerInput(
      `approvals.${name}.resource`,
      later(() => import('@/pages/approvals/ResourceInput')),
      'field',
    )
  registerInput(
    'approvals.delegation.kinds',
    later(() => import('@/pages/approvals/KindsInput')),
  )
  registerInput(
    'approvals.flow.verb',
    later(() => import('@/pages/approvals/VerbInput')),
    'field',
  )
  registerInput(
    'approvals.flow.condition',
    later(() => import('@/pages/approvals/ConditionInput')),
  )
  page('approvals.approval', () => import('@/pages/approvals/ApprovalPage'))
  const sign = later(() => import('@/kit/approval/SignatureInput'))
  for (const verb of ['agree', 'refuse']) registerInput(`approvals.task.${verb}.signature`, sign)
  registerInput(
    'process.rule.steps',
    later(() => import('@/pages/rules/StepsInput')),
  )
  registerInput(
    'process.rule.condition',
    later(() => import('@/pages/rules/ConditionInput')),
  )
  registerInput(
    'process.rule.resource',
    later(() => import('@/pages/rules/KindInput')),
  )
  const chosen = later(() => import('@/pages/rules/NameInput'))
  for (const name of ['field', 'kinds', 'facts', 'per']) registerInput(`process.rule.${name}`, chosen)
  page('process.rule', () => import('@/pages/rules/RulePage'))
  registerInput(
    'process.channel.settings',
    later(() => import('@/pages/channels/AccountInput')),
  )
  page('process.channel', () => import('@/pages/channels/ChannelPage'))
  page('process.notice', () => import('@/pages/notices/NoticePage'))
  for (const verb of ['restore_beside', 'restore_over'])
    registerInput(
      `console.client.${verb}.backup`,
      later(() => import('@/pages/console/BackupInput')),
    )
  page('console.client', () => import('@/pages/console/ClientPage'))
  registerInput(
    'implementation.confirmation.drawing',
    later(() => import('@/pages/implementation/FlowDrawing')),
  )
  const seal = later(() => import('@/pages/implementation/SealInput'))
  for (const name of ['requirement', 'servicecontract', 'changeorder', 'confirmation', 'acceptancescript'])
    registerInput(`implementation.${name}.seal`, seal)
  page('console.supportaccess', () => import('@/pages/console/SupportPage'))
  page('implementation.project', () => import('@/pages/implementation/ProjectPage'))
  page('implementation.milestone', () => import('@/pages/implementation/MilestonePage'))
  page('sales.order', () => import('@/pages/sales/OrderPage'))
  page('contracts.contract', () => import('@/pages/sales/ContractPage'))
  registerPartners(later, page)
  registerPage(
    'crm.opportunity',
    lazyPage(() => import('@/pages/crm/desk/OpportunityPage')),
  )
  registerPage(
    'crm.campaign',
    lazyPage(() => import('@/pages/crm/campaign/CampaignPage')),
  )
  registerPage(
    'crm.registration',
    lazyPage(() => import('@/pages/crm/registration/RegistrationPage')),
  )
  registerInput(
    'crm.activity.check_in.position',
    later(() => import('@/pages/crm/PositionInput')),
  )
}
