import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { compute, get } from '@/api/http'
import { wireLanguage } from '@/shared/i18n'
import { useDebounced } from '@/shared/useDebounced'
import type { Answer, Choices, Outline, Told } from './model'

const RULE_SETS = '/api/v1/selection/rule-sets'

export interface Parsed {
  choices: Choices
  understood: string
  rest: string
  whole: boolean
  broken: Told[]
  expected?: { label: { zh: string; en: string }; marks: string[] }
}

export interface Guided {
  choices: Choices
  changed: string[]
  warnings: { zh: string; en: string }[]
  problems: { detail: string }[]
}

/** A table to choose from, and the answer to what is chosen: the newest wins, the one before stays until it is there. `of`: the choices
 *  that the answer is to; null while it is the one before. */
export function useConfigurator(table: number, choices: Choices) {
  const outline = useQuery({
    queryKey: ['selection', 'outline', table, wireLanguage()],
    queryFn: () => get<Outline>(`${RULE_SETS}/${table}/outline/`),
  })
  const asked = useDebounced(
    useMemo(() => JSON.stringify(choices), [choices]),
    60,
  )
  const answer = useQuery({
    queryKey: ['selection', 'answer', table, asked],
    queryFn: () => compute<Answer>(`${RULE_SETS}/${table}/evaluate/`, { choices: JSON.parse(asked) as Choices }),
    placeholderData: keepPreviousData,
  })
  const parse = useCallback((code: string) => compute<Parsed>(`${RULE_SETS}/${table}/parse/`, { code, choices }), [table, choices])
  const guide = useCallback(
    (answers: Record<string, string>) => compute<Guided>(`${RULE_SETS}/${table}/guide/`, { answers, choices }),
    [table, choices],
  )
  const of = answer.isPlaceholderData ? null : asked
  return { outline: outline.data, error: outline.error ?? answer.error, answer: answer.data, of, parse, guide }
}
