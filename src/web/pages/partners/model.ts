import type { Id } from '@/api/types'

/** An account of a pool. */
export interface Account {
  id: Id
  number: string
  name: string
  phone: string
  region: string
  place: string
  grade: string
  industry: string
  source: string
  active_on: string | null
  dealt_on: string | null
  /** From when on whoever had it last may claim it again. */
  free_on: string | null
  waits: boolean
}

/** A part of a page that another app tells. */
export interface PanelRows {
  name: string
  label: string
  /** The document type of which a new one begins here, and its field that names the customer. */
  adds?: { key: string; field: string } | null
  rows: { title: string; text?: string; date?: string | null; _key?: string; id?: Id }[]
}
