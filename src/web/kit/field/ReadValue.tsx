import type { Field, Id, RefValue } from '@/api/types'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { formatValue } from './format'
import { isChoice, isReference } from './parse'

const isRef = (value: unknown): value is { id: Id; label: string } => typeof value === 'object' && value !== null && 'id' in value

/** A value to look at: states as tags, references as links. */
export function ReadValue({ field, value, plain = false }: { field: Field; value: unknown; plain?: boolean }) {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return plain ? null : <span className="soft">—</span>
  }
  if (isChoice(field)) {
    const option = field.options?.find((one) => one.value === value)
    return option?.color || field.type === 'state' ? (
      <Tag color={option?.color}>{option?.label ?? String(value)}</Tag>
    ) : (
      formatValue(field, value)
    )
  }
  if (field.type === 'choices' && Array.isArray(value)) {
    return value.map((one) => <Tag key={one}>{field.options?.find((option) => option.value === one)?.label ?? one}</Tag>)
  }
  if (!plain && isReference(field) && isRef(value) && field.resource) {
    return <TabLink to={docUrl(field.resource, value.id)}>{(value as RefValue).label}</TabLink>
  }
  if (!plain && field.type === 'email') return <a href={`mailto:${value}`}>{String(value)}</a>
  if (!plain && field.type === 'phone') return <a href={`tel:${value}`}>{String(value)}</a>
  if (!plain && field.type === 'url' && /^https?:/.test(String(value))) {
    return (
      <a href={String(value)} target="_blank" rel="noreferrer">
        {String(value)}
      </a>
    )
  }
  return formatValue(field, value)
}
