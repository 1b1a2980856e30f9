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
    later(() => import('@/pages/organization/GrantsInput')),
  )
  registerInput(
    'organization.role.masks',
    later(() => import('@/pages/organization/MasksInput')),
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
    'sales.order',
    lazy(() => import('@/pages/sales/OrderPage')),
  )
  registerPage(
    'partners.partner',
    lazy(() => import('@/pages/partners/PartnerPage')),
  )
}
