import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Badge, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compute } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { wireLanguage } from '@/shared/i18n'
import { useDebounced } from '@/shared/useDebounced'
import { Analysis, type Report } from './Analysis'
import type { Table } from './cells'
import { type Problem, placed } from './problems'
import { SheetFiles } from './SheetFiles'
import { SheetGrid } from './SheetGrid'
import { SHEETS, type SheetName } from './sheets'
import { useWhole } from './useWhole'
import './table.css'

const NAMES = Object.keys(SHEETS) as SheetName[]
type View = SheetName | 'analysis'

/** How many problems stand on each sheet, and those that stand in none of their cells: a loop, too many rows. */
function sorted(report: Report | undefined, table: Table): { wrong: Partial<Record<View, number>>; loose: Problem[] } {
  if (!report) return { wrong: {}, loose: [] }
  const all = [...report.problems, ...report.cases]
  const on = NAMES.map((name) => {
    const rows = SHEETS[name].read(table).map((cell, at) => ({ ...cell, _k: String(at) }))
    return [name, placed(all, rows, SHEETS[name].write(table, rows).places).found] as const
  })
  const told = new Set(on.flatMap(([, found]) => found))
  const found = report.dead.length + report.contradictions.length + report.unread.length + (report.impossible ? 1 : 0)
  return {
    wrong: { ...Object.fromEntries(on.map(([name, here]) => [name, here.length])), analysis: found },
    loose: all.filter((one) => !told.has(one)),
  }
}

const Sentences = ({ rows }: { rows: string[] }) => rows.map((row) => <p key={row}>{row}</p>)

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
  const { wrong, loose } = useMemo(() => sorted(report, table), [report, table])
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
      {loose.length > 0 && view !== 'analysis' && (
        <Alert type="error" showIcon className="tableinput__loose" title={<Sentences rows={loose.map((one) => one.detail)} />} />
      )}
      {view === 'analysis' ? (
        report && <Analysis report={whole.report ?? report} whole={whole} />
      ) : (
        <SheetGrid
          key={view}
          name={view}
          table={table}
          change={onChange}
          problems={[...(report?.problems ?? []), ...(report?.cases ?? [])]}
          locked={!!field.readonly}
        />
      )}
    </div>
  )
}
