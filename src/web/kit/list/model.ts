import type { Sums } from '@/api/sums'
import type { Description, Field, Values } from '@/api/types'
import { currencyOf, formatNumber } from '@/shared/format'
import { isNumeric } from '../field/parse'
import { pathOf } from '../field/path'
import type { Widths } from './widths'

/** What a list shows: all of it stands in the tab's address, so it survives a reload and can be sent to a colleague. */
export interface ListState {
  q: string
  sort: string
  group: string
  filters: Record<string, string[]>
}

const OWN = ['q', 'sort', 'group']

export function stateFrom(query: string): ListState {
  const params = new URLSearchParams(query)
  const filters: ListState['filters'] = {}
  for (const name of new Set(params.keys())) if (!OWN.includes(name)) filters[name] = params.getAll(name)
  return { q: params.get('q') ?? '', sort: params.get('sort') ?? '', group: params.get('group') ?? '', filters }
}

export function paramsOf({ q, sort, group, filters }: ListState): Values {
  return { q, sort, group, ...filters }
}

export const filterParams = ({ q, filters }: ListState): Values => ({ q, ...filters })
export const isFiltered = ({ q, filters }: ListState) => q !== '' || Object.values(filters).some((values) => values.length > 0)

export function withFilter(state: ListState, name: string, values: string[]): ListState {
  const { [name]: _before, ...rest } = state.filters
  return { ...state, filters: values.length ? { ...rest, [name]: values } : rest }
}

/** The parameters one filter control is responsible for. */
export function filterNames(field: Field): string[] {
  const path = pathOf(field)
  return isNumeric(field) || ['date', 'datetime'].includes(field.type) ? [`${path}__gte`, `${path}__lte`] : [path]
}

export const isActive = (state: ListState, field: Field) =>
  [...filterNames(field), `${pathOf(field)}__isnull`].some((name) => name in state.filters)

const IN_BAR = 4

/** Filters standing in the bar: the first of the usual ones, and any other that is in use. */
export function shownFilters(description: Description, state: ListState, added: string[]): Field[] {
  const usual = description.filters.slice(0, IN_BAR)
  const wanted = (field: Field) => field.filter && !usual.includes(field.name) && (isActive(state, field) || added.includes(field.name))
  return [...usual.flatMap((name) => description.fields[name] ?? []), ...Object.values(description.fields).filter(wanted)]
}

/** Filters that can be added, the usual ones first. */
export function otherFilters(description: Description, shown: Field[]): Field[] {
  const rest = Object.values(description.fields).filter((field) => field.filter && !shown.includes(field))
  const rank = (field: Field) => (description.filters.includes(field.name) ? 0 : 1)
  return rest.sort((a, b) => rank(a) - rank(b))
}

export const nextSort = (sort: string, name: string) => (sort === name ? `-${name}` : sort === `-${name}` ? '' : name)

export interface View {
  id: string
  name: string
  query: string
  columns: string[]
}
export interface ViewSettings {
  views: View[]
  columns?: string[]
  widths?: Widths
}

/** The columns to show: chosen ones that still exist, else the usual ones. */
export function shownColumns(description: Description, chosen: string[] | undefined): Field[] {
  const known = (chosen ?? []).filter((name) => name in description.fields)
  return (known.length ? known : description.columns).flatMap((name) => description.fields[name] ?? [])
}

export const movedColumn = (columns: string[], name: string, step: 1 | -1): string[] => {
  const at = columns.indexOf(name)
  const to = at + step
  return at < 0 || to < 0 || to >= columns.length ? columns : columns.toSpliced(at, 1).toSpliced(to, 0, name)
}

export type Preset = 'today' | 'thisWeek' | 'thisMonth' | 'lastMonth' | 'thisQuarter' | 'thisYear' | 'lastYear'

const iso = (date: Date) => date.toISOString().slice(0, 10)
const day = (y: number, m: number, d: number) => iso(new Date(Date.UTC(y, m, d)))

/** Ranges by the company's own calendar day. */
export function datePresets(today: string): Record<Preset, [string, string]> {
  const [y = 1970, month = 1, d = 1] = today.split('-').map(Number)
  const m = month - 1
  const weekday = (new Date(Date.UTC(y, m, d)).getUTCDay() + 6) % 7
  const quarter = Math.floor(m / 3) * 3
  return {
    today: [today, today],
    thisWeek: [day(y, m, d - weekday), day(y, m, d - weekday + 6)],
    thisMonth: [day(y, m, 1), day(y, m + 1, 0)],
    lastMonth: [day(y, m - 1, 1), day(y, m, 0)],
    thisQuarter: [day(y, quarter, 1), day(y, quarter + 3, 0)],
    thisYear: [day(y, 0, 1), day(y, 12, 0)],
    lastYear: [day(y - 1, 0, 1), day(y, 0, 0)],
  }
}

/** A sum over rows: of amounts one for each currency. */
export function summed(
  { name, type, home }: Field,
  { sums, currency, others = {} }: Sums,
  write: (sum: string, currency: string) => string,
) {
  const sum = sums?.[name] ?? ''
  if (type !== 'money') return formatNumber(sum)
  const more = Object.entries(others).flatMap(([code, found]) => (Number(found[name]) ? write(found[name] ?? '', currencyOf(code)) : []))
  return [...(Number(sum) || !more.length ? [write(sum, currencyOf(home ? undefined : currency))] : []), ...more].join(' + ')
}
