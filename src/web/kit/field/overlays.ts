import type { ComponentType } from 'react'
import type { Field, Values } from '@/api/types'
import type { LineEdit } from '../document/model'

/** Lines of the form an input stands in: each as it was edited and as it is shown, and how to change them. */
export interface FormLines {
  rows: { row: LineEdit; cells: Values }[]
  change: (change: (rows: LineEdit[]) => LineEdit[]) => void
}

export interface InputProps {
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  id: string
  invalid?: boolean
  /** Values of the other fields, for pickers that depend on them. */
  context?: (name: string) => unknown
  /** Puts values into other fields of the same form, as if they had been typed; absent where there is no form. */
  fill?: (values: Values) => void
  /** The lines of a kind of the same form, where they can be written. */
  lines?: (name: string) => FormLines | undefined
}

/** How much room an input takes: a field's, the width of its part, or the whole page below everything else. */
export type Span = 'field' | 'part' | 'page'

const overlays: Record<string, ComponentType<InputProps>> = {}
const spans: Record<string, Span> = {}

/** A resource may bring its own input for one of its fields: `organization.role.grants`. */
export const registerInput = (path: string, input: ComponentType<InputProps>, span: Span = 'part') => {
  overlays[path] = input
  spans[path] = span
}
export const spanOf = (resource: string, name: string): Span => spans[`${resource}.${name}`] ?? 'field'
export const overlayFor = (resource: string, field: Field): ComponentType<InputProps> | undefined => overlays[`${resource}.${field.name}`]
