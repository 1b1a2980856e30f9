export type Standing = 'open' | 'accepted' | 'declined' | 'superseded' | 'expired' | 'withdrawn'

export interface OfferLine {
  description: string
  spec: string
  quantity: string
  measure: string
  unit_price: string
  discount: string
  tax_rate: string
  amount: string
  kind: 'normal' | 'optional' | 'alternative'
  remark: string
  /** What was configured, group by group: labels and what was chosen. */
  chosen: { group: string; options: [label: string, said: string][] }[]
}

export interface Offer {
  what: 'quote' | 'contract'
  company: string
  customer: string
  number: string
  title: string
  valid_until: string | null
  delivery_days?: number
  delivery_date?: string | null
  clauses?: { title: string; text: string }[]
  warranty_months: number
  currency: string
  net_total: string
  tax_total: string
  total: string
  remark: string
  lines: OfferLine[]
  payment: string[]
  standing: Standing
  newer: boolean
  signed_by: string
  talk: { at: string; name: string; text: string }[]
  reasons?: { value: string; label: string }[]
}

/** Who answers is remembered on their own device, so that they type it once. */
const KEY = 'offer-name'
export const nameOf = () => localStorage.getItem(KEY) ?? ''
export const rememberName = (name: string) => localStorage.setItem(KEY, name)
