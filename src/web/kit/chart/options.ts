import type { EChartsCoreOption } from 'echarts/core'
import { formatShare, formatShort, formatShortMoney } from '@/shared/format'

export type Unit = 'money' | 'count' | 'percent'
export interface ChartData {
  x: string[]
  series: { name: string; kind: 'bar' | 'line'; unit: Unit; data: (string | null)[] }[]
}
/** Bars and lines have colours of their own, so that a line stands out from the bars behind it. */
export interface Palette {
  bar: string[]
  line: string[]
  ink: string
  soft: string
  rule: string
  surface: string
}

const shown: Record<Unit, (value: unknown) => string> = { money: formatShortMoney, count: formatShort, percent: formatShare }

/** Months, with the year under the first of each; the very first gives way to a January close by. */
export const axisLabels = (x: string[]) => {
  const crowded = x.length > 6 && x.slice(1, 3).some((label) => label.endsWith('-01'))
  return x.map((label, i) => {
    const [year, month] = /^(\d{4})-(\d{2})$/.exec(label)?.slice(1) ?? []
    if (!month) return label
    return month === '01' || (i === 0 && !crowded) ? `${month}\n${year}` : month
  })
}

/** Months, quarters and years follow each other; names of things do not, and no line leads from one to the next. */
const inTime = (x: string[]) => x.every((label) => /^\d{4}(-\d{2}| ?Q\d)?$/.test(label))

export function chartOptions({ x, series }: ChartData, palette: Palette): EChartsCoreOption {
  const colourOf = (one: ChartData['series'][number]) => {
    const alike = series.filter((other) => other.kind === one.kind)
    return palette[one.kind][alike.indexOf(one) % palette[one.kind].length]
  }
  const units = [...new Set(series.map((one) => one.unit))]
  const axis = { axisLabel: { color: palette.soft }, splitLine: { lineStyle: { color: palette.rule } } }
  return {
    grid: { left: 8, right: 8, top: 40, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { top: 2, right: 4, itemWidth: 14, itemHeight: 8, icon: 'roundRect', textStyle: { color: palette.ink } },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.surface,
      borderColor: palette.rule,
      textStyle: { color: palette.ink },
      confine: true,
    },
    xAxis: {
      type: 'category',
      data: axisLabels(x),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.rule } },
      axisLabel: { color: palette.soft, interval: x.length > 15 ? 'auto' : 0, lineHeight: 15, hideOverlap: true },
    },
    yAxis: units.map((unit, i) => ({
      type: 'value',
      minInterval: unit === 'percent' ? undefined : 1,
      ...axis,
      splitLine: i === 0 ? axis.splitLine : { show: false },
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => shown[unit](value) },
    })),
    series: series.map((one) => ({
      name: one.name,
      color: colourOf(one),
      type: one.kind,
      yAxisIndex: units.indexOf(one.unit),
      data: one.data.map((value) => (value === null ? null : Number(value))),
      barMaxWidth: 18,
      itemStyle: one.kind === 'bar' ? { borderRadius: [3, 3, 0, 0] } : undefined,
      ...(inTime(x) ? { smooth: 0.25, symbolSize: 6 } : { lineStyle: { opacity: 0 }, symbolSize: 9 }),
      tooltip: { valueFormatter: (value: unknown) => (value === null ? '—' : shown[one.unit](value)) },
    })),
  }
}
