import type { Option } from '@/api/types'

/** A printed form as it is put together, and what can stand on it. */
export const KINDS = ['facts', 'lines', 'sums', 'text', 'signatures', 'break', 'ready'] as const

export interface Block {
  kind: (typeof KINDS)[number]
  title?: string
  fields?: string[]
  columns?: number | string[]
  lines?: string
  capitals?: string
  text?: string
  names?: string[]
  /** The product's own form, which then stands alone. */
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
    ready: { value: string; label: string }[]
    states: Option[]
  }
}
