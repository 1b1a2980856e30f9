import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isStill } from '@/shared/useMedia'
import { type ChartData, chartOptions } from './options'
import './chart.css'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

function paletteFromStyles() {
  const style = getComputedStyle(document.documentElement)
  const css = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    bar: ['chart-1', 'chart-2'].map(css),
    line: ['chart-3', 'chart-4'].map(css),
    ink: css('ink'),
    soft: css('ink-3'),
    rule: css('line'),
    surface: css('surface'),
  }
}

/** A thin skin over echarts; made and unmade in one effect, as panes are hidden and shown. */
export default function Chart({ data, label, onPick }: { data: ChartData; label: string; onPick?: (x: number, series: number) => void }) {
  const { i18n } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  // biome-ignore lint/correctness/useExhaustiveDependencies: figures are written in the language of the moment
  useEffect(() => {
    const element = box.current
    if (!element) return
    const chart = init(element, null, { renderer: 'svg' })
    chart.setOption({ ...chartOptions(data, paletteFromStyles()), animation: !isStill() })
    chart.on('click', ({ dataIndex, seriesIndex }) => pick.current?.(dataIndex, seriesIndex ?? 0))
    const watch = new ResizeObserver(() => chart.resize())
    watch.observe(element)
    return () => {
      watch.disconnect()
      chart.dispose()
    }
  }, [data, i18n.language])
  return <div ref={box} className="chart" role="img" aria-label={label} />
}
