import type { ComponentType } from 'react'
import { type InputProps, registerInput } from '@/kit/field/overlays'

type Input = ComponentType<InputProps>
type Later = (load: () => Promise<{ default: Input }>) => Input
type Page = (key: string, load: () => Promise<{ default: ComponentType }>) => void

/** What is bespoke about customers, suppliers and pools; everything is fetched when it is first shown. */
export function registerPartners(later: Later, page: Page) {
  const different = later(() => import('./DifferentInput'))
  for (const name of ['partner', 'supplier']) registerInput(`partners.${name}.different_from`, different)
  registerInput(
    'partners.partner.merge.others',
    later(async () => ({ default: (await import('./MergeInput')).OthersInput })),
  )
  registerInput(
    'partners.partner.merge.choice',
    later(async () => ({ default: (await import('./MergeInput')).ChoiceInput })),
  )
  registerInput(
    'partners.merge.moved',
    later(() => import('./MovedInput')),
  )
  registerInput(
    'partners.contact.history',
    later(() => import('./HistoryInput')),
  )
  page('partners.pool', () => import('./PoolPage'))
  page('partners.partner', () => import('./PartnerPage'))
}
