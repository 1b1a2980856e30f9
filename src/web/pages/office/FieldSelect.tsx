import { Select } from 'antd'
import { byName } from '@/shared/pinyin'
import { type Design, type DesignField, everyField, said } from './model'

interface Props {
  id: string
  design: Design
  /** Among these, when not among all fields of the page. */
  fields?: DesignField[]
  value: string | undefined
  kinds?: string[]
  onChange: (name: string | undefined) => void
}

/** One of the form's fields, of some kinds or of any. */
export function FieldSelect({ id, design, fields, value, kinds, onChange }: Props) {
  const fit = (fields ?? everyField(design)).filter((field) => !kinds || kinds.includes(field.kind) || kinds.includes(field.result ?? ''))
  const options = fit.map((field) => ({ value: field.name, label: said(field) || field.name }))
  return <Select showSearch={byName} id={id} allowClear value={value || undefined} options={options} onChange={onChange} />
}
