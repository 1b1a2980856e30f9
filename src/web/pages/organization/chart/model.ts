import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/http'
import type { Id, RefValue } from '@/api/types'

export interface Unit {
  id: Id
  version: number
  name: string
  company: RefValue
  parent: Id | null
  head: RefValue | null
  people: number
}

export interface Post {
  id: Id
  version: number
  name: string
  department: Id
  reports_to: Id | null
  headcount: number
  holders: RefValue[]
}

export interface Structure {
  on: string
  today: string
  units: Unit[]
  positions?: Post[]
  unplaced: RefValue[]
}

/** What is drawn: departments below departments, or posts below posts. */
export type Which = 'units' | 'posts'

/** One card of the drawing, whatever it stands for. */
export interface Item {
  id: Id
  version: number
  above: Id | null
  name: string
  /** Who leads the department, or holds the post. */
  people: string[]
  note: string
  /** Posts that nobody holds, as many as there are. */
  vacant: number
}

export const useStructure = (on: string) =>
  useQuery({
    queryKey: ['structure', on],
    queryFn: () => get<Structure>(`/api/v1/organization/structure/${on ? `?on=${on}` : ''}`),
    placeholderData: (before) => before,
  })

export function unitItems(shown: Structure, count: (n: number) => string): Item[] {
  const companies = new Set(shown.units.map((unit) => unit.company.id))
  return shown.units.map(({ id, version, parent, name, head, people, company }) => ({
    id,
    version,
    above: parent,
    name,
    people: head ? [head.label] : [],
    note: [companies.size > 1 ? company.label : '', people ? count(people) : ''].filter(Boolean).join(' · '),
    vacant: 0,
  }))
}

export function postItems(shown: Structure): Item[] {
  const departments = new Map(shown.units.map((unit) => [unit.id, unit.name]))
  return (shown.positions ?? []).map(({ id, version, reports_to, name, department, headcount, holders }) => ({
    id,
    version,
    above: reports_to,
    name,
    people: holders.map((one) => one.label),
    note: departments.get(department) ?? '',
    vacant: Math.max(0, headcount - holders.length),
  }))
}
