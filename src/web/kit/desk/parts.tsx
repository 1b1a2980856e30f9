import type { ReactNode } from 'react'
import type { Colour, Id } from '@/api/types'
import { useCurrency } from '@/shared/currency'
import { currencyOf, formatMoney } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

/** How long a bar is: for the eye only, so a float will do. */
export function share(part: string | null | undefined, whole: string | null | undefined): number {
  const [a, b] = [Number(part), Number(whole)]
  return b > 0 && a > 0 ? Math.min(1, a / b) : 0
}

export function Bar({ value, tone, label }: { value: number; tone: string; label: string }) {
  return (
    <span
      className={classes('bar', `is-${tone}`)}
      style={vars({ share: value })}
      role="img"
      aria-label={`${label} ${Math.round(value * 100)}%`}
    />
  )
}

export function Figures({ items }: { items: { name: string; label: string; value: ReactNode; note?: string; tone?: string }[] }) {
  return (
    <dl className="panel figures">
      {items.map((item) => (
        <div key={item.name} className={item.tone && `is-${item.tone}`} data-testid={`figure-${item.name}`}>
          <dt>{item.label}</dt>
          <dd className="num">
            {item.value}
            {item.note && <small>{item.note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export interface ChainDocument {
  _key: string
  id: Id
  label: string
  kind: string
  date: string | null
  state: string
  state_label: string
  color: Colour
  amount: string | null
  /** Of its amount; empty: that of the document it stands with. */
  currency?: string
}

/** Documents as they followed from one another. */
export function Chain({ documents }: { documents: ChainDocument[] }) {
  const here = useCurrency()
  return (
    <ol className="chain">
      {documents.map((one) => (
        <li key={`${one._key}${one.id}`}>
          <TabLink to={docUrl(one._key, one.id)}>
            <small>{[one.kind, one.date].filter(Boolean).join(' · ')}</small>
            <b>{one.label}</b>
            <span>
              <Tag color={one.color}>{one.state_label}</Tag>
              {one.amount && <span className="num">{formatMoney(one.amount, currencyOf(one.currency || here))}</span>}
            </span>
          </TabLink>
        </li>
      ))}
    </ol>
  )
}
