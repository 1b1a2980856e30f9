import type { ComponentType } from 'react'
import type { Field } from '@/api/types'

export interface InputProps {
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  id: string
  invalid?: boolean
  /** Values of the other fields, for pickers that depend on them. */
  context?: (name: string) => unknown
}

const overlays: Record<string, ComponentType<InputProps>> = {}

/** A resource may bring its own input for one of its fields: `organization.role.grants`. */
export const registerInput = (path: string, input: ComponentType<InputProps>) => {
  overlays[path] = input
}
export const overlayFor = (resource: string, field: Field): ComponentType<InputProps> | undefined => overlays[`${resource}.${field.name}`]
