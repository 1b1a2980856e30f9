import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { Description, Rows } from '@/api/types'
import { formatCurrency, formatNumber } from '@/shared/format'

interface Props {
  description: Description
  totals: Rows | undefined
  busy: boolean
  sums: string[]
}

export function ListFoot({ description, totals, busy, sums }: Props) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const count = formatNumber(totals?.count ?? '')
  return (
    <footer className="list__foot" aria-busy={busy}>
      <span data-testid="count">
        {totals ? t(totals.count_exact === false ? 'list.countOver' : 'list.count', { count: totals.count ?? 0, shown: count }) : '…'}
      </span>
      <span className="list__sums">
        {sums.map((name) => {
          const field = description.fields[name]
          const sum = totals?.sums?.[name]
          if (!field || sum === undefined) return null
          return (
            <span key={name} data-testid={`sum-${name}`}>
              {field.label} <b className="num">{field.type === 'money' ? formatCurrency(sum, company.currency) : formatNumber(sum)}</b>
            </span>
          )
        })}
      </span>
    </footer>
  )
}
