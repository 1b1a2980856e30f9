import type { ComponentType } from 'react'
import type { Field, FieldType } from '@/api/types'
import { BoolInput, ChoiceInput, ChoicesInput, DateInput, JsonInput, LongInput, NumberInput, TextInput } from './inputs'
import { RefInput, RefsInput } from './RefInput'
import './field.css'

export interface InputProps {
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  id: string
  invalid?: boolean
  /** Values of the other fields, for pickers that depend on them. */
  context?: (name: string) => unknown
}

const inputs: Record<FieldType, ComponentType<InputProps>> = {
  text: TextInput,
  long: LongInput,
  email: TextInput,
  phone: TextInput,
  url: TextInput,
  int: NumberInput,
  decimal: NumberInput,
  money: NumberInput,
  price: NumberInput,
  percent: NumberInput,
  date: DateInput,
  datetime: DateInput,
  bool: BoolInput,
  choice: ChoiceInput,
  state: ChoiceInput,
  ref: RefInput,
  member: RefInput,
  unit: RefInput,
  json: JsonInput,
  choices: ChoicesInput,
  refs: RefsInput,
}

/** A resource may bring its own input for one of its fields: `organization.role.grants`. */
const overlays: Record<string, ComponentType<InputProps>> = {}
export const registerInput = (path: string, input: ComponentType<InputProps>) => {
  overlays[path] = input
}
export const inputFor = (resource: string, field: Field) => overlays[`${resource}.${field.name}`] ?? inputs[field.type]
export const hasOverlay = (resource: string, field: Field) => `${resource}.${field.name}` in overlays

export function FieldInput({ resource = '', ...props }: InputProps & { resource?: string }) {
  const Input = inputFor(resource, props.field)
  return <Input {...props} />
}
