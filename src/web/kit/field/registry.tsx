import { type ComponentType, lazy, Suspense } from 'react'
import type { FieldType } from '@/api/types'
import { FileInput } from './FileInput'
import { BoolInput, ChoiceInput, ChoicesInput, DateInput, JsonInput, LongInput, NumberInput, TextInput } from './inputs'
import { type InputProps, overlayFor } from './overlays'
import { RefInput, RefsInput } from './RefInput'
import { ResourceInput } from './ResourceInput'
import './field.css'

const Division = lazy(() => import('./division/DivisionInput'))
const DivisionInput = (props: InputProps) => (
  <Suspense>
    <Division {...props} />
  </Suspense>
)

const Rows = lazy(() => import('./rows/RowsInput'))
const Json = (props: InputProps) =>
  props.field.columns ? (
    <Suspense>
      <Rows {...props} />
    </Suspense>
  ) : (
    <JsonInput {...props} />
  )

/** How each type is entered; forms, dialogs and bulk changes all go through this table. */
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
  division: DivisionInput,
  datetime: DateInput,
  bool: BoolInput,
  choice: ChoiceInput,
  state: ChoiceInput,
  ref: RefInput,
  member: RefInput,
  unit: RefInput,
  json: Json,
  choices: ChoicesInput,
  refs: RefsInput,
  file: FileInput,
}

export function FieldInput({ resource = '', ...props }: InputProps & { resource?: string }) {
  const Input = overlayFor(resource, props.field) ?? (props.field.names ? ResourceInput : inputs[props.field.type])
  return <Input {...props} />
}
