import { useTranslation } from 'react-i18next'
import { formatNumber } from '@/shared/format'
import { vars } from '@/shared/vars'
import type { Fit } from './FitBar'

export interface Department {
  department: string
  count: number
  answered: number
  agreed: number
  difficult: number
  coverage: string | null
  fit: Fit[]
}

/** Department by department: how much of what it needs is covered, agreed and difficult. */
export function Departments({ rows }: { rows: Department[] }) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  return (
    <section className="panel section glance__wide">
      <h2>{t('project.departments')}</h2>
      <ul className="departments" data-testid="departments">
        {rows.map((row) => (
          <li key={row.department}>
            <b>{row.department}</b>
            <span className="num">{row.coverage === null ? '—' : `${formatNumber(row.coverage)}%`}</span>
            <div className="fit" role="img" aria-label={row.fit.map(({ label, count }) => `${label} ${count}`).join(', ')}>
              {row.fit
                .filter(({ count }) => count > 0)
                .map((one) => (
                  <i key={one.fit} className={`is-${one.fit || 'open'}`} style={vars({ n: one.count })} />
                ))}
            </div>
            <small className="soft">
              {t('project.agreedOf', { agreed: row.agreed, count: row.count })}
              {row.difficult > 0 && ` · ${t('project.difficult', { count: row.difficult })}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
