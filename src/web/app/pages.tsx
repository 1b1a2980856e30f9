import { type ComponentType, lazy, Suspense } from 'react'
import { registerPage } from '@/kit/document/bespoke'
import { type InputProps, registerInput } from '@/kit/field/overlays'
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
  const Input = lazy(load)
  return (props) => (
    <Suspense>
      <Input {...props} />
    </Suspense>
  )
}

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
  registerPage(
    'organization.role',
    lazy(() => import('@/pages/permissions/RolePage')),
  )
  registerPage(
    'organization.member',
    lazy(() => import('@/pages/permissions/MemberPage')),
  )
  registerInput(
    'organization.handover.moved',
    later(() => import('@/pages/organization/SharesInput')),
  )
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
  registerPage(
    'kernel.webhook',
    lazy(() => import('@/pages/webhooks/WebhookPage')),
  )
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
  registerPage(
    'approvals.approval',
    lazy(() => import('@/pages/approvals/ApprovalPage')),
  )
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
  registerPage(
    'process.rule',
    lazy(() => import('@/pages/rules/RulePage')),
  )
  registerInput(
    'process.channel.settings',
    later(() => import('@/pages/channels/AccountInput')),
  )
  registerPage(
    'process.channel',
    lazy(() => import('@/pages/channels/ChannelPage')),
  )
  registerPage(
    'process.notice',
    lazy(() => import('@/pages/notices/NoticePage')),
  )
  for (const verb of ['restore_beside', 'restore_over'])
    registerInput(
      `console.client.${verb}.backup`,
      later(() => import('@/pages/console/BackupInput')),
    )
  registerPage(
    'console.client',
    lazy(() => import('@/pages/console/ClientPage')),
  )
  registerInput(
    'implementation.confirmation.drawing',
    later(() => import('@/pages/implementation/FlowDrawing')),
  )
  const seal = later(() => import('@/pages/implementation/SealInput'))
  for (const name of ['requirement', 'servicecontract', 'changeorder', 'confirmation', 'acceptancescript'])
    registerInput(`implementation.${name}.seal`, seal)
  registerPage(
    'console.supportaccess',
    lazy(() => import('@/pages/console/SupportPage')),
  )
  registerPage(
    'implementation.project',
    lazy(() => import('@/pages/implementation/ProjectPage')),
  )
  registerPage(
    'implementation.milestone',
    lazy(() => import('@/pages/implementation/MilestonePage')),
  )
  registerPage(
    'sales.order',
    lazy(() => import('@/pages/sales/OrderPage')),
  )
  registerPage(
    'partners.partner',
    lazy(() => import('@/pages/partners/PartnerPage')),
  )
}
