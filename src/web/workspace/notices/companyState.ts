import type { Meta } from '@/api/types'

interface Said {
  key: 'sandbox' | 'trial' | 'past_due' | 'suspended' | 'cancelled'
  type: 'info' | 'warning' | 'error'
  page: 'subscription' | 'company' | ''
}

const SOON = 5 * 24 * 3600 * 1000

/** What to say about where a company stands; a trial speaks up in its last five days. */
export function told({ state, until, sandbox }: Meta['company'], now: number): Said | null {
  if (sandbox) return { key: 'sandbox', type: 'info', page: '' }
  if (state === 'trial')
    return until && new Date(until).getTime() - now < SOON ? { key: 'trial', type: 'info', page: 'subscription' } : null
  if (state === 'past_due') return { key: 'past_due', type: 'warning', page: 'subscription' }
  if (state === 'suspended') return { key: 'suspended', type: 'error', page: 'subscription' }
  if (state === 'cancelled' || state === 'exported') return { key: 'cancelled', type: 'error', page: 'company' }
  return null
}
