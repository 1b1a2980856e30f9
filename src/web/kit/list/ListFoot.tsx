import { useTranslation } from 'react-i18next'
import type { Description, Rows } from '@/api/types'
import { formatCurrency, formatNumber } from '@/shared/format'
import { summed } from './model'

interface Props {
  description: Description
  totals: Rows | undefined
  busy: boolean
  sums: string[]
}

export function ListFoot({ description, totals, busy, sums }: Props) {
  const { t } = useTranslation()
  const count = formatNumber(totals?.count ?? '')
  return (
    <footer className="list__foot" aria-busy={busy}>
      <span data-testid="count">
        {totals ? t(totals.count_exact === false ? 'list.countOver' : 'list.count', { count: totals.count ?? 0, shown: count }) : '…'}
      </span>
      <span className="list__sums">
        {sums.map((name) => {
          const field = description.fields[name]
          if (!field || totals?.sums?.[name] === undefined) return null
          return (
            <span key={name} data-testid={`sum-${name}`}>
              {field.label} <b className="num">{summed(field, totals, formatCurrency)}</b>
            </span>
          )
        })}
      </span>
    </footer>
  )
}
