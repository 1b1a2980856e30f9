import { useTranslation } from 'react-i18next'
import { formatAgo, formatNumber } from '@/shared/format'
import type { Health } from './model'

/** Errors of the last day that nobody handled. */
export function Faults({ rows }: { rows: Health['faults'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="faults">
      <h2>{t('console.health.faults')}</h2>
      {!rows && <p className="soft">{t('console.health.away')}</p>}
      {rows?.length === 0 && <p className="soft">{t('console.health.noFault')}</p>}
      <ul className="care__rows">
        {rows?.map((one) => (
          <li key={`${one.error}${one.place}`}>
            <span className="care__line">
              <b>{one.error}</b>
              <span className="num">{t('console.health.times', { count: one.count, shown: formatNumber(one.count) })}</span>
              <span className="soft">{formatAgo(one.last)}</span>
            </span>
            <code>{one.place}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Statements that took long, those that took most time in all on top. */
export function Slow({ rows }: { rows: Health['slow'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="slow">
      <h2>{t('console.health.slow')}</h2>
      {!rows && <p className="soft">{t('console.health.away')}</p>}
      {rows?.length === 0 && <p className="soft">{t('console.health.noSlow')}</p>}
      <ul className="care__rows">
        {rows?.map((one) => (
          <li key={one.sql}>
            <span className="care__line">
              <b className="num">{t('console.health.times', { count: one.count, shown: formatNumber(one.count) })}</b>
              <span className="num">{t('console.health.mean', { shown: formatNumber(one.mean) })}</span>
              <span className="num">{t('console.health.longest', { shown: formatNumber(one.longest) })}</span>
              <span className="soft">{formatAgo(one.last)}</span>
            </span>
            <code title={one.sql}>{one.sql}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
