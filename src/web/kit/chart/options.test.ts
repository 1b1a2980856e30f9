import { describe, expect, it } from 'vitest'
import { axisLabels, type ChartData, chartOptions, type Palette } from './options'

const palette: Palette = { bar: ['b1', 'b2'], line: ['l1'], ink: 'i', soft: 's', rule: 'r', surface: 'w' }
const data: ChartData = {
  x: ['2025-12', '2026-01', '2026-02'],
  series: [
    { name: '订单额', kind: 'bar', unit: 'money', data: ['7200000', null, '4600000'] },
    { name: '成交率', kind: 'line', unit: 'percent', data: ['0.33', '0.42', '0.35'] },
  ],
}

describe('chart', () => {
  it('tells each year once', () => expect(axisLabels([...data.x, 'Q3'])).toEqual(['12\n2025', '01\n2026', '02', 'Q3']))
  it('sets no two years side by side', () => {
    const months = ['2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']
    expect(axisLabels(months).slice(0, 3)).toEqual(['12', '01\n2026', '02'])
  })
  it('gives each unit its axis and keeps gaps', () => {
    const { yAxis, series } = chartOptions(data, palette) as {
      yAxis: { axisLabel: { formatter: (value: number) => string } }[]
      series: { yAxisIndex: number; color: string; data: (number | null)[] }[]
    }
    expect(series.map((one) => one.yAxisIndex)).toEqual([0, 1])
    expect(series.map((one) => one.color)).toEqual(['b1', 'l1'])
    expect(series[0]?.data).toEqual([7200000, null, 4600000])
    expect(yAxis[0]?.axisLabel.formatter(8000000)).toBe('¥800万')
    expect(yAxis[1]?.axisLabel.formatter(0.4)).toBe('40%')
  })
})
