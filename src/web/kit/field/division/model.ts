import { get } from '@/api/http'

export interface Division {
  code: string
  name: string
  label: string
  leaf: boolean
}

export const divisionsWithin = async (code: string) =>
  (await get<{ rows: Division[] }>(`/api/v1/organization/divisions/${code ? `?within=${code}` : ''}`)).rows

export interface TreeRow {
  id: string
  pId: string
  value: string
  title: string
  full: string
  isLeaf: boolean
}

export const treeRows = (within: string, rows: Division[]): TreeRow[] =>
  rows.map(({ code, name, label, leaf }) => ({ id: code, pId: within, value: code, title: name, full: label, isLeaf: leaf }))
