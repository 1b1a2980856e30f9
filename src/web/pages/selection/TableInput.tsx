import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Badge, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compute } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { wireLanguage } from '@/shared/i18n'
import { useDebounced } from '@/shared/useDebounced'
import { Analysis, type Report } from './Analysis'
import type { Table } from './cells'
import { placed } from './problems'
import { SheetFiles } from './SheetFiles'
import { SheetGrid } from './SheetGrid'
import { SHEETS, type SheetName } from './sheets'
import { useWhole } from './useWhole'
import './table.css'

const NAMES = Object.keys(SHEETS) as SheetName[]
type View = SheetName | 'analysis'

/** How many problems stand on each sheet. */
function counts(report: Report | undefined, table: Table): Partial<Record<View, number>> {
  if (!report) return {}
  const on = NAMES.map((name) => {
    const rows = SHEETS[name].read(table).map((cell, at) => ({ ...cell, _k: String(at) }))
    return [name, placed(report.problems, rows, SHEETS[name].write(table, rows).places).found.length] as const
  })
  return {
    ...Object.fromEntries(on),
    cases: report.cases.length,
    analysis: report.dead.length + report.contradictions.length + (report.impossible ? 1 : 0),
  }
}

/** 选型表: a selection table as sheets; the server looks at it while one types. */
export default function TableInput({ value, onChange, field, id }: InputProps) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('options')
  const table = useMemo(() => (typeof value === 'object' && value !== null ? (value as Table) : {}), [value])
  const asked = useDebounced(
    useMemo(() => JSON.stringify(table), [table]),
    500,
  )
  const { data: report } = useQuery({
    queryKey: ['selection', 'analysis', asked, wireLanguage()],
    queryFn: () => compute<Report>('/api/v1/selection/rule-sets/analyse/', { table: JSON.parse(asked) as Table }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const wrong = useMemo(() => counts(report, table), [report, table])
  const whole = useWhole(asked)
  const views: View[] = [...NAMES, 'analysis']
  return (
    <div className="tableinput" id={id} data-testid="table-input">
      <div className="tableinput__views">
        <Segmented
          value={view}
          onChange={setView}
          options={views.map((name) => ({
            value: name,
            label: (
              <span data-testid={`view-${name}`}>
                {t(`selection.sheet.${name}`)} <Badge size="small" count={wrong[name] ?? 0} />
              </span>
            ),
          }))}
        />
        <SheetFiles table={table} change={onChange} view={view} locked={!!field.readonly} />
      </div>
      {view === 'analysis' ? (
        report && <Analysis report={whole.report ?? report} whole={whole} />
      ) : (
        <SheetGrid
          key={view}
          name={view}
          table={table}
          change={onChange}
          problems={[...(report?.problems ?? []), ...(view === 'cases' ? (report?.cases ?? []) : [])]}
          locked={!!field.readonly}
        />
      )}
    </div>
  )
}
