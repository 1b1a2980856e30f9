import type { Description } from '@/api/types'
import { useCurrency } from '@/shared/currency'
import { formatCurrency } from '@/shared/format'
import { classes } from '@/shared/text'
import { formatValue } from '../field/format'

/** The figures a document comes down to, as the server computed them. */
export function Summary({ description, value, waiting }: { description: Description; value: (name: string) => unknown; waiting: boolean }) {
  const currency = useCurrency()
  const fields = (description.summary ?? []).flatMap((name) => description.fields[name] ?? [])
  if (fields.length === 0) return null
  const main = fields.findLast((field) => field.type === 'money')
  return (
    <section className={classes('panel summary', waiting && 'is-waiting')} data-testid="summary" aria-busy={waiting}>
      {fields.map((field) => (
        <div key={field.name} className={classes(field === main && 'is-main')} data-testid={`summary-${field.name}`}>
          <span>{field.label}</span>
          <b className="num">
            {(field.type === 'money'
              ? formatCurrency(value(field.name), field.home ? undefined : currency)
              : formatValue(field, value(field.name))) || '—'}
          </b>
        </div>
      ))}
    </section>
  )
}
