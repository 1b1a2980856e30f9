/** What the server made of an uploaded sheet. */
export interface Inspection {
  headings: string[]
  mapping: Record<string, string | null>
  sample: (string | number | null)[][]
  fields: { path: string; label: string; required: boolean }[]
}

export interface ImportResult {
  rows: number
  created: number
  updated: number
  failed: number
  errors: { row: number; path: string; detail: string }[]
  file?: string
  undo?: boolean
}

export type Mapping = Record<string, string | null>

/** Required fields no column leads to. */
export const missing = ({ fields }: Inspection, mapping: Mapping) =>
  fields.filter((field) => field.required && !Object.values(mapping).includes(field.path)).map((field) => field.label)

/** A field can be filled by one column only: choosing it for another takes it away from the first. */
export function mapped(mapping: Mapping, heading: string, path: string | null): Mapping {
  const freed = Object.fromEntries(Object.entries(mapping).map(([name, to]) => [name, path !== null && to === path ? null : to]))
  return { ...freed, [heading]: path }
}
