import { useQuery } from '@tanstack/react-query'
import { post } from '@/api/http'
import type { Option } from '@/api/types'

/** A printed form as it is put together, and what can stand on it. */
export const KINDS = ['facts', 'lines', 'sums', 'text', 'signatures', 'break', 'ready'] as const

export interface Block {
  kind: (typeof KINDS)[number]
  title?: string
  title_en?: string
  fields?: string[]
  columns?: number | string[]
  lines?: string
  capitals?: string
  text?: string
  text_en?: string
  names?: string[]
  names_en?: string[]
  /** The product's own form; one that is no paper of blocks stands alone. */
  form?: string
}

export interface Named {
  value: string
  label: string
  type: string
}

export interface Tried {
  blocks: Block[]
  pages: string[]
  document: number | null
  parts: {
    fields: Named[]
    lines: { value: string; label: string; columns: Named[] }[]
    ready: { value: string; label: string; alone: boolean }[]
    states: Option[]
  }
}

/** What can stand on the forms of a kind of document. */
export function usePrintParts(resource: string) {
  const { data } = useQuery({
    queryKey: ['print parts', resource],
    queryFn: () => post<Tried>('/api/v1/print-templates/try/', { resource }),
    enabled: resource !== '',
  })
  return data?.parts
}
