import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChartData } from '@/kit/chart/options'
import { Waiting } from '@/shared/Waiting'

const Chart = lazy(() => import('@/kit/chart/Chart'))

export interface Week {
  week: number
  planned: number
  /** Unknown for weeks that have not begun. */
  open: number | null
}

/** Steps that should still be open after each week against those that are. */
export function BurnDown({ weeks }: { weeks: Week[] }) {
  const { t, i18n } = useTranslation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the legend is written in the language of the moment
  const data = useMemo<ChartData>(() => {
    const line = (name: string, values: (number | null)[]) => ({
      name,
      kind: 'line' as const,
      unit: 'count' as const,
      data: values.map((value) => (value === null ? null : String(value))),
    })
    return {
      x: weeks.map(({ week }) => String(week)),
      series: [
        line(
          t('project.open'),
          weeks.map(({ open }) => open),
        ),
        line(
          t('project.planned'),
          weeks.map(({ planned }) => planned),
        ),
      ],
    }
  }, [weeks, i18n.language])
  const last = weeks.findLast(({ open }) => open !== null)
  const told = last
    ? `${t('project.week', { week: last.week })}: ${t('project.open')} ${last.open}, ${t('project.planned')} ${last.planned}`
    : ''
  return (
    <section className="panel section glance__chart">
      <h2>{t('project.burnDown')}</h2>
      <Suspense fallback={<Waiting />}>
        <Chart data={data} label={told} />
      </Suspense>
      <p className="soft" data-testid="burn-down">
        {told}
      </p>
    </section>
  )
}
