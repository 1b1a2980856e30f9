import type { Field, Values } from '@/api/types'

const bare = (field: Field) => field.name.replace(/^custom\./, '')

/** Where a field stands in input, errors and query parameters; a company's own fields stand under `custom`. */
export const pathOf = (field: Field) => (field.custom ? `custom.${bare(field)}` : field.name)

export function readField(record: Values | null | undefined, field: Field): unknown {
  if (!record) return undefined
  return field.custom ? (record.custom as Values | undefined)?.[bare(field)] : record[field.name]
}
