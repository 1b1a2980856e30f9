import { useQuery } from '@tanstack/react-query'
import { Alert, Select } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { Doc, Line, RefValue } from '@/api/types'
import type { LineEdit } from '@/kit/document/model'
import { Configurator } from '@/kit/selection/Configurator'
import type { Answer, Choices } from '@/kit/selection/model'
import { configurationOf } from '@/kit/selection/pairing'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { type Choosing, choosingOf, said, type Table } from './choices'
import { CONFIGURATIONS, type Lines, useWriting } from './useWriting'

interface Props {
  row: LineEdit
  line: Line | undefined
  /** Its place among the lines, from 1. */
  number: number
  tables: Table[]
  readonly: boolean
  lines: Lines
}

/** What is chosen for a line: as typed, else as it was kept with the quote, else nothing yet. */
function useChosen(row: LineEdit, line: Line | undefined, tables: Table[]) {
  const choosing = choosingOf(row)
  const shown = choosing ? null : configurationOf(row, line)
  const kept = useQuery({
    queryKey: [CONFIGURATIONS, shown?.id],
    queryFn: () => get<Doc & { rule_set: RefValue; choices: Choices }>(`${CONFIGURATIONS}${shown?.id}/`),
    enabled: !!shown,
  })
  const { data } = kept
  const found = data && shown ? { table: Number(data.rule_set.id), choices: data.choices, named: data.rule_set.label } : null
  const first = shown ? null : { table: tables[0]?.id ?? 0, choices: {} }
  return { chosen: (choosing ?? found ?? first) as (Choosing & { named?: string }) | null, error: kept.error }
}

function Standing({
  answer,
  of,
  number,
  state,
}: {
  answer: Answer | null
  of: boolean
  number: number
  state: 'busy' | 'done' | 'waiting'
}) {
  const { t } = useTranslation()
  if (!answer || !of) return null
  const told =
    answer.state === 'valid'
      ? t(`quote.choosing.${state}`, { number })
      : t(`quote.choosing.${answer.state}`, { number, n: answer.missing.length })
  return (
    <p className={classes('choosing__state', `is-${answer.state}`)} role="status" data-testid="choosing-state">
      {told}
    </p>
  )
}

/** 选型 for one line of a quote: what is possible is written into the line at once, and the quote is priced with it. */
export function LineChoices({ row, line, number, tables, readonly, lines }: Props) {
  const { t } = useTranslation()
  const { chosen, error } = useChosen(row, line, tables)
  const { write, busy, trouble } = useWriting(row._k, line, lines)
  const [answer, setAnswer] = useState<Answer | null>(null)
  const typed = choosingOf(row)
  const now = useRef({ typed, table: chosen?.table ?? 0, write, readonly })
  now.current = { typed, table: chosen?.table ?? 0, write, readonly }
  const answered = useCallback((next: Answer, choices: Choices) => {
    setAnswer(next)
    const { typed, table, write, readonly } = now.current
    if (!readonly && typed && next.state === 'valid' && typed.own?.of !== said(table, choices)) void write(table, choices)
  }, [])
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!chosen) return <Waiting lines={6} />
  const offered = tables.map((one) => ({ value: one.id, label: `${one.name} v${one.edition}` }))
  const known = offered.some((one) => one.value === chosen.table)
  const options = known ? offered : [...offered, { value: chosen.table, label: chosen.named ?? `#${chosen.table}` }]
  const done = typed?.own?.of === said(chosen.table, chosen.choices)
  return (
    <>
      {options.length > 1 && (
        <Select
          aria-label={t('selection.table')}
          value={chosen.table}
          disabled={readonly}
          options={options}
          showSearch={byName}
          onChange={(table) => lines.choose(row._k, { table, choices: {}, own: undefined })}
        />
      )}
      {trouble && <Alert type="error" showIcon title={trouble.detail} />}
      <Configurator
        key={chosen.table}
        table={chosen.table}
        choices={chosen.choices}
        readonly={readonly}
        onChange={(choices) => lines.choose(row._k, { table: chosen.table, choices })}
        onAnswer={answered}
      >
        <Standing answer={answer} of={!!typed} number={number} state={busy ? 'busy' : done ? 'done' : 'waiting'} />
      </Configurator>
    </>
  )
}
