export interface BillLine {
  text: string
  quantity: number
  amount: string
}

export interface Invoice {
  id: number
  number: string
  about: 'subscription' | 'milestone'
  status: 'open' | 'paid' | 'void'
  status_label: string
  issued_at: string
  due_date: string
  period: string[]
  lines: BillLine[]
  total: string
  tax: string
  tax_rate: string
  currency: string
  by_card: boolean
  transfer_told_at: string | null
  transfer_reference: string
  payment: { method: string; status: string; label: string; failure: string; why: string } | null
  einvoice: { status: 'none' | 'requested' | 'issued'; label: string; number: string; url: string }
}

/** How something can be paid here. */
export interface Ways {
  methods: { value: string; label: string }[]
  bank: { name?: string; bank?: string; account?: string }
}

/** The colour in which an invoice's state is told. */
export const PAID = { open: 'orange', paid: 'green', void: 'default' } as const

/** How the last attempt to pay went. */
export const attempt = ({ method, label, why }: NonNullable<Invoice['payment']>) => `${method}: ${label}${why && ` (${why})`}`
