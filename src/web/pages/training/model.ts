import { useQuery } from '@tanstack/react-query'
import { del, get, post } from '@/api/http'
import { queryClient } from '@/api/queries'
import type { Id } from '@/api/types'
import type { Progress } from '@/kit/training/Trained'
import { fits } from '@/shared/pinyin'

const URL = '/api/v1/console/training/'
const KEY = ['training']

export interface Material {
  id: Id
  title: string
  kind: 'video' | 'document' | 'steps'
  kind_label: string
  module: string
  language: string
  minutes: number | null
  link: string
  text: string
  /** Of steps to follow: one after the other. */
  steps: string[]
  files: { name: string; size: number; url: string }[]
  /** When the reader has ticked it off. */
  done: string | null
}

export interface Library {
  rows: Material[]
  modules: { value: string; label: string }[]
  /** How far everybody is; administrators only. */
  company: Progress | null
}

export const useLibrary = () => useQuery({ queryKey: KEY, queryFn: () => get<Library>(URL) })

export async function tick(row: Material, done: boolean) {
  await (done ? post(`${URL}${row.id}/done/`) : del(`${URL}${row.id}/done/`))
  await queryClient.invalidateQueries({ queryKey: KEY })
}

export interface Wanted {
  q: string
  language: string
  open: boolean
}

/** What is looked for: by word, in a language (empty: any), and only what is left to do. */
export function found(rows: Material[], { q, language, open }: Wanted): Material[] {
  return rows.filter((row) => (!language || row.language === language) && (!open || !row.done) && fits(`${row.title} ${row.text}`, q))
}

/** In the order of the menu; parts of it without material are left out. */
export function byModule(rows: Material[], modules: Library['modules']) {
  return modules.map((one) => ({ ...one, rows: rows.filter((row) => row.module === one.value) })).filter((one) => one.rows.length > 0)
}
