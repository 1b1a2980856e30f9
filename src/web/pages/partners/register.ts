import type { ComponentType } from 'react'
import { type InputProps, registerInput } from '@/kit/field/overlays'

type Input = ComponentType<InputProps>
type Later = (load: () => Promise<{ default: Input }>) => Input
type Page = (key: string, load: () => Promise<{ default: ComponentType }>) => void

/** What is bespoke about customers, suppliers and pools; everything is fetched when it is first shown. */
export function registerPartners(later: Later, page: Page) {
  const different = later(() => import('./DifferentInput'))
  for (const key of ['partners.partner', 'partners.supplier', 'crm.industrycompany']) registerInput(`${key}.different_from`, different)
  const named = (input: 'OfPartner' | 'OfContact' | 'OfLead', ...keys: string[]) => {
    for (const key of keys) {
      registerInput(
        `${key}.name`,
        later(async () => ({ default: (await import('./completing/NameInput'))[input] })),
        'field',
      )
    }
  }
  named('OfPartner', 'partners.partner', 'partners.supplier')
  named('OfContact', 'partners.contact')
  named('OfLead', 'crm.lead')
  registerInput(
    'partners.partner.merge.choice',
    later(() => import('./MergeInput')),
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
  page('partners.supplier', () => import('./SupplierPage'))
}
