import { useTranslation } from 'react-i18next'
import { formatNumber } from '@/shared/format'
import { vars } from '@/shared/vars'

export interface Fit {
  fit: string
  label: string
  count: number
}

/** Requirements by how the product meets them, and the share that it covers. */
export function FitBar({ fit, coverage }: { fit: Fit[]; coverage: string | null }) {
  const { t } = useTranslation()
  const shown = fit.filter(({ count }) => count > 0).map((one) => ({ ...one, label: one.label || t('project.unanswered') }))
  return (
    <section className="panel section" data-testid="fit">
      <h2>{t('project.fit')}</h2>
      {coverage === null ? (
        <p className="soft">{t('project.noneYet')}</p>
      ) : (
        <p className="coverage">
          <b className="num">{formatNumber(coverage)}%</b> {t('project.covered')}
        </p>
      )}
      <div className="fit" role="img" aria-label={shown.map(({ label, count }) => `${label} ${count}`).join(', ')}>
        {shown.map((one) => (
          <i key={one.fit} className={`is-${one.fit || 'open'}`} style={vars({ n: one.count })} />
        ))}
      </div>
      <ul className="fit__legend">
        {shown.map((one) => (
          <li key={one.fit}>
            <i className={`is-${one.fit || 'open'}`} />
            {one.label}
            <b className="num">{one.count}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
