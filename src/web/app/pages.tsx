import { type ComponentType, lazy, Suspense } from 'react'
import { printing, registerPage } from '@/kit/document/bespoke'
import { type InputProps, registerInput, type Span } from '@/kit/field/overlays'
import { registerHint } from '@/kit/grid/hints'
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

/** An input of one field only, or what stands beside a cell, fetched when it is first shown. */
function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  const Part = lazyPage(load) as ComponentType<P>
  return (props) => (
    <Suspense>
      <Part {...props} />
    </Suspense>
  )
}

/** An input of its own for a field, fetched when it is first shown. */
const input = (key: string, load: () => Promise<{ default: ComponentType<InputProps> }>, span?: Span) =>
  registerInput(key, later(load), span)

/** A page of its own for a document type, fetched when one is first opened. */
const page = (key: string, load: () => Promise<{ default: ComponentType }>, how?: { fresh: boolean }) =>
  registerPage(key, lazyPage(load), how)

/** Everything that is not generated. */
export function registerAll() {
  input('organization.role.grants', () => import('@/pages/permissions/GrantsInput'))
  input('office.form.design', () => import('@/pages/office/DesignInput'))
  input('selection.ruleset.table', () => import('@/pages/selection/TableInput'), 'page')
  input('selection.configuration.choices', () => import('@/pages/selection/ChoicesInput'), 'page')
  input('organization.role.masks', () => import('@/pages/permissions/MasksInput'))
  input('organization.region.divisions', () => import('@/kit/field/division/DivisionsInput'))
  input('organization.role.screens', () => import('@/pages/permissions/ScreensInput'))
  page('organization.role', () => import('@/pages/permissions/RolePage'))
  page('organization.member', () => import('@/pages/permissions/MemberPage'))
  for (const name of ['role', 'member']) input(`organization.${name}.entry`, () => import('@/pages/permissions/EntryInput'))
  input('organization.handover.moved', () => import('@/pages/organization/MovesInput'))
  input('kernel.printtemplate.seal', () => import('@/pages/organization/SealInput'))
  printing.Dialog = later(() => import('@/pages/printing/PrintDialog'))
  input('kernel.printtemplate.stands_for', () => import('@/pages/organization/StandsForInput'), 'field')
  page('quoting.quote', () => import('@/pages/quoting/QuotePage'), { fresh: true })
  registerHint(
    'quoting.quote.lines.unit_price',
    later(() => import('@/pages/quoting/PriceHint')),
  )
  input('quoting.quote.reprice.lines', () => import('@/pages/quoting/Repricing'))
  page('selection.ruleset', () => import('@/pages/selection/TablePage'))
  page('pricing.pricepolicy', () => import('@/pages/quoting/PolicyPage'))
  input('pricing.pricepolicy.option_code', () => import('@/pages/quoting/OptionCodeInput'), 'field')
  page('catalog.item', () => import('@/pages/catalog/ItemPage'))
  page('quoting.estimate', () => import('@/pages/quoting/EstimatePage'))
  page('catalog.series', () => import('@/pages/quoting/SeriesPage'))
  page('organization.company', () => import('@/pages/organization/CompanyPage'))
  input('kernel.printtemplate.blocks', () => import('@/pages/organization/BlocksInput'))
  input('kernel.numberrule.pattern', () => import('@/pages/organization/PatternInput'))
  input('kernel.customfield.options', () => import('@/pages/organization/OptionsInput'))
  input('console.feedback.snapshot', () => import('@/pages/feedback/SnapshotInput'))
  input('kernel.webhook.kinds', () => import('@/pages/webhooks/KindsInput'))
  page('kernel.webhook', () => import('@/pages/webhooks/WebhookPage'))
  input('approvals.flow.drawing', () => import('@/pages/approvals/designer/FlowDesigner'), 'page')
  for (const name of ['flow', 'limit', 'approval'])
    input(`approvals.${name}.resource`, () => import('@/pages/approvals/ResourceInput'), 'field')
  input('approvals.delegation.kinds', () => import('@/pages/approvals/KindsInput'))
  input('approvals.flow.verb', () => import('@/pages/approvals/VerbInput'), 'field')
  input('approvals.flow.condition', () => import('@/pages/approvals/ConditionInput'))
  page('approvals.approval', () => import('@/pages/approvals/ApprovalPage'))
  const sign = later(() => import('@/kit/approval/SignatureInput'))
  for (const verb of ['agree', 'refuse']) registerInput(`approvals.task.${verb}.signature`, sign)
  const say = later(() => import('@/kit/approval/CommentInput'))
  for (const verb of ['agree', 'refuse', 'return', 'add_before', 'add_after', 'add_beside', 'hand_over', 'delegate'])
    registerInput(`approvals.task.${verb}.comment`, say)
  input('process.rule.steps', () => import('@/pages/rules/StepsInput'))
  input('process.rule.condition', () => import('@/pages/rules/ConditionInput'))
  input('process.rule.resource', () => import('@/pages/rules/KindInput'))
  const chosen = later(() => import('@/pages/rules/NameInput'))
  for (const name of ['field', 'kinds', 'facts', 'per']) registerInput(`process.rule.${name}`, chosen)
  input('process.standard.verb', () => import('@/pages/standards/ActionInput'), 'field')
  input('process.standard.required', () => import('@/pages/standards/FieldsInput'))
  input('process.standard.condition', () => import('@/pages/rules/ConditionInput'))
  page('process.rule', () => import('@/pages/rules/RulePage'))
  input('process.channel.settings', () => import('@/pages/channels/AccountInput'))
  page('process.channel', () => import('@/pages/channels/ChannelPage'))
  page('process.notice', () => import('@/pages/notices/NoticePage'))
  for (const verb of ['restore_beside', 'restore_over']) input(`console.client.${verb}.backup`, () => import('@/pages/console/BackupInput'))
  page('console.client', () => import('@/pages/console/ClientPage'))
  input('implementation.confirmation.drawing', () => import('@/pages/implementation/FlowDrawing'))
  const seal = later(() => import('@/pages/implementation/SealInput'))
  for (const name of ['requirement', 'servicecontract', 'changeorder', 'confirmation', 'acceptancescript'])
    registerInput(`implementation.${name}.seal`, seal)
  page('console.supportaccess', () => import('@/pages/console/SupportPage'))
  page('implementation.project', () => import('@/pages/implementation/ProjectPage'))
  page('implementation.milestone', () => import('@/pages/implementation/MilestonePage'))
  page('sales.order', () => import('@/pages/sales/OrderPage'))
  page('contracts.contract', () => import('@/pages/sales/ContractPage'), { fresh: true })
  page('contracts.change', () => import('@/pages/sales/ChangePage'))
  registerPartners(later, page)
  page('crm.opportunity', () => import('@/pages/crm/desk/OpportunityPage'))
  page('crm.campaign', () => import('@/pages/crm/campaign/CampaignPage'))
  page('crm.registration', () => import('@/pages/crm/registration/RegistrationPage'))
  page('crm.lead', () => import('@/pages/crm/lead/LeadPage'))
  page('crm.evaluationmodel', () => import('@/pages/crm/evaluation/ModelPage'))
  input('crm.lead.twin', () => import('@/pages/crm/lead/KnownInput'))
  for (const at of ['position', 'check_in.position']) input(`crm.activity.${at}`, () => import('@/pages/crm/PositionInput'), 'field')
}
