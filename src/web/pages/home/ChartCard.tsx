import { lazy, Suspense } from 'react'
import type { ChartData } from '@/kit/chart/options'
import { Waiting } from '@/shared/Waiting'

const Chart = lazy(() => import('@/kit/chart/Chart'))

export function ChartCard({ title, data }: { title: string; data: ChartData }) {
  return (
    <>
      <h2 className="homecard__title">{title}</h2>
      <Suspense fallback={<Waiting />}>
        <Chart data={data} label={title} />
      </Suspense>
    </>
  )
}
