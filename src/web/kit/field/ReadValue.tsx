import type { ReactNode } from 'react'
import { useMeta } from '@/api/queries'
import type { DocLink, Field, FieldType, Id, RefValue } from '@/api/types'
import { useCurrency } from '@/shared/currency'
import { Tag } from '@/shared/Tag'
import { vars } from '@/shared/vars'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { formatValue } from './format'
import { OutLink } from './OutLink'
import './read.css'

const isRef = (value: unknown): value is RefValue & { id: Id } => typeof value === 'object' && value !== null && 'id' in value
const isEmpty = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

type Reader = (field: Field, value: unknown) => ReactNode

const state: Reader = (field, value) => {
  const option = field.options?.find((one) => one.value === value)
  return <Tag color={option?.color}>{option?.label ?? String(value)}</Tag>
}
const choice: Reader = (field, value) => {
  const coloured = field.options?.some((one) => one.value === value && one.color && one.color !== 'default')
  return coloured ? state(field, value) : formatValue(field, value)
}
const percent: Reader = (field, value) =>
  field.bar ? (
    <span className="meter" style={vars({ share: Math.min(1, Number(value) / 100) })}>
      {formatValue(field, value)}
    </span>
  ) : (
    formatValue(field, value)
  )
const choices: Reader = (field, value) =>
  (Array.isArray(value) ? value : [value]).map((one) => (
    <Tag key={one}>{field.options?.find((option) => option.value === one)?.label ?? one}</Tag>
  ))
const reference: Reader = (field, value) =>
  isRef(value) && field.resource ? <TabLink to={docUrl(field.resource, value.id)}>{value.label}</TabLink> : formatValue(field, value)
const web: Reader = (_field, value) => (/^https?:/.test(String(value)) ? <OutLink url={String(value)} /> : String(value))

const file: Reader = (_field, value) =>
  isRef(value) ? (
    <a href={`/api/v1/files/${value.id}/`} target="_blank" rel="noreferrer">
      {value.label}
    </a>
  ) : (
    String(value)
  )

/** Looks that hold everywhere, and those only where there is room for a link. */
const always: Partial<Record<FieldType, Reader>> = { state, choice, choices, percent }
const roomy: Partial<Record<FieldType, Reader>> = {
  ref: reference,
  member: reference,
  unit: reference,
  url: web,
  file,
  email: (_field, value) => <a href={`mailto:${value}`}>{String(value)}</a>,
  phone: (_field, value) => <a href={`tel:${value}`}>{String(value)}</a>,
}

function ResourceName({ name }: { name: string }) {
  return useMeta().resources[name]?.label ?? name
}

interface Props {
  field: Field
  value: unknown
  plain?: boolean
  /** The document that the value names. */
  to?: Omit<DocLink, 'label'>
}

/** A value to look at: states as tags, references and names of other documents as links. */
export function ReadValue({ field, value, plain = false, to }: Props) {
  const currency = useCurrency(field)
  if (isEmpty(value)) return plain ? null : <span className="soft">—</span>
  if (field.names) return <ResourceName name={String(value)} />
  if (to) return <TabLink to={docUrl(to._key, to.id)}>{formatValue(field, value)}</TabLink>
  const read = always[field.type] ?? (plain ? undefined : roomy[field.type])
  return read ? read(field, value) : formatValue(field, value, currency)
}
