import { OptionInput } from '@/kit/field/OptionInput'
import type { InputProps } from '@/kit/field/overlays'
import { useKinds } from './useKinds'

/** What is watched. */
export default function KindInput(input: InputProps) {
  return <OptionInput {...input} options={useKinds().map(({ key, label }) => ({ value: key, label }))} />
}
