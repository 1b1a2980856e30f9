import type { Values } from '@/api/types'

/** What a register, a card or a pasted text tells of a company and a person in it. */
export type Found = Partial<Record<string, string>>

/** Per document type: what each of its fields is filled with, the first that is there. */
export const FILLS: Record<string, Record<string, string[]>> = {
  'partners.partner': {
    name: ['company'],
    short_name: ['short_name'],
    phone: ['phone', 'mobile'],
    website: ['website'],
    address: ['address'],
    tax_no: ['tax_no'],
    invoice_address: ['invoice_address'],
    bank_name: ['bank_name'],
    bank_account: ['bank_account'],
  },
  'partners.contact': { name: ['name'], job: ['job'], phone: ['mobile', 'phone'], email: ['email'] },
  'crm.lead': { name: ['company'], contact_name: ['name'], job: ['job'], phone: ['mobile', 'phone'], email: ['email'] },
}

export interface Offer {
  name: string
  now: string
  value: string
  /** Whether it is taken unless somebody says otherwise: never over what is there. */
  taken: boolean
}

const asText = (value: unknown) => (value === null || value === undefined ? '' : String(value).trim())

/** What would be filled in where, of what differs from what is there. */
export function offersOf(fills: Record<string, string[]>, found: Found, now: (name: string) => unknown): Offer[] {
  return Object.entries(fills).flatMap(([name, sources]) => {
    const value = sources.map((source) => found[source]).find(Boolean)
    const there = asText(now(name))
    return value && value !== there ? [{ name, now: there, value, taken: there === '' }] : []
  })
}

export const valuesOf = (offers: Offer[]): Values =>
  Object.fromEntries(offers.filter((one) => one.taken).map((one) => [one.name, one.value]))
