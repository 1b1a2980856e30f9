import { useTranslation } from 'react-i18next'
import type { Colour, Id } from '@/api/types'
import { Tag } from '@/shared/Tag'
import './clauses.css'

export interface RiskyClause {
  id: Id
  title: string
  risk: string
  risk_label: string
  /** A line each. */
  flags: string
  changed: string
}

const COLORS: Record<string, Colour> = { high: 'red', medium: 'orange', low: 'blue' }
const linesOf = (text: string) => text.split('\n').filter(Boolean)

/** What to read before signing: clauses that are risky, and what was changed against the library. */
export function ClauseRisks({ clauses }: { clauses: RiskyClause[] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="clauses">
      <h2>{t('contract.clauses')}</h2>
      <ul className="risks">
        {clauses.map((one) => (
          <li key={one.id}>
            <b>
              {one.title} <Tag color={COLORS[one.risk] ?? 'default'}>{t('contract.risk', { risk: one.risk_label })}</Tag>
            </b>
            {linesOf(one.flags).map((flag) => (
              <p key={flag} className="risks__flag">
                {flag}
              </p>
            ))}
            {linesOf(one.changed).map((change, at) => (
              <p key={at} className="soft">
                {change}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
