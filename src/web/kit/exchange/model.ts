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

const sectionOf = (path: string) => (path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '')

/** Required fields no column leads to; those of lines only when lines are imported at all. */
export function missing({ fields }: Inspection, mapping: Mapping): string[] {
  const used = Object.values(mapping).filter((path) => path !== null)
  const sections = new Set(['', ...used.map(sectionOf)])
  return fields
    .filter((field) => field.required && sections.has(sectionOf(field.path)) && !used.includes(field.path))
    .map((field) => field.label)
}

export const labelOf = ({ fields }: Inspection, path: string) => fields.find((field) => field.path === path)?.label ?? path

/** A field can be filled by one column only: choosing it for another takes it away from the first. */
export function mapped(mapping: Mapping, heading: string, path: string | null): Mapping {
  const freed = Object.fromEntries(Object.entries(mapping).map(([name, to]) => [name, path !== null && to === path ? null : to]))
  return { ...freed, [heading]: path }
}
