import type { Values } from '@/api/types'
import { isBlank, type LineEdit, newLine } from '@/kit/document/model'
import type { FormLines } from '@/kit/field/overlays'

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
  /** Where it goes into a line: into which, a new one where none is named, and what. */
  line?: { key: string | null; whose: string; cells: Values }
}

/** A form with people in it: the document types and the kind of lines. */
export const PEOPLE: Record<string, string> = { 'partners.partner': 'contacts' }

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
  Object.fromEntries(offers.filter((one) => one.taken && !one.line).map((one) => [one.name, one.value]))

const plain = (value: unknown) => asText(value).replace(/\s/g, '').toLowerCase()
const digits = (value: unknown) =>
  asText(value)
    .replace(/\D/g, '')
    .replace(/^86(?=1\d{10}$)/, '')

/** The person on a card among those in the form: by name, else by mobile number or mail address. */
const known = (found: Found, rows: FormLines['rows']) =>
  rows.find(({ cells }) => plain(cells.name) === plain(found.name)) ??
  rows.find(
    ({ cells }) =>
      (found.mobile && digits(cells.phone) === digits(found.mobile)) || (found.email && plain(cells.email) === plain(found.email)),
  )

/** The person on a card as a line of the form: a new one, or what the line that is there already lacks. */
export function personOffers(found: Found, rows: FormLines['rows'] | undefined): Offer[] {
  const { name: _name, ...rest } = FILLS['partners.contact'] ?? {}
  if (!rows || !found.name) return []
  const there = known(found, rows)
  if (there) {
    const whose = asText(there.cells.name) || found.name
    return offersOf(rest, found, (name) => there.cells[name]).map((one) => ({
      ...one,
      line: { key: there.row._k, whose, cells: { [one.name]: one.value } },
    }))
  }
  const cells: Values = { name: found.name, ...valuesOf(offersOf(rest, found, () => null)) }
  const value = Object.values(cells).join(' · ')
  return [{ name: 'person', now: '', value, taken: true, line: { key: null, whose: found.name, cells } }]
}

/** The lines with what was taken of a card; the first person of all is the main contact. */
export function withPeople(rows: LineEdit[], offers: Offer[]): LineEdit[] {
  return offers.reduce((all, { taken, line }) => {
    if (!taken || !line) return all
    if (line.key !== null) return all.map((row) => (row._k === line.key ? { ...row, ...line.cells } : row))
    const filled = all.filter((row) => !isBlank(row))
    return [...filled, newLine(filled.length ? line.cells : { ...line.cells, main: true })]
  }, rows)
}
