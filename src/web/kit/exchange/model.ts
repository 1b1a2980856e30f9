/** What the server made of an uploaded sheet. */
export interface Inspection {
  headings: string[]
  mapping: Record<string, string | null>
  sample: (string | number | null)[][]
  fields: { path: string; label: string; required: boolean; creatable?: boolean }[]
}

export interface ImportResult {
  rows: number
  created: number
  updated: number
  failed: number
  errors: { row: number; path: string; detail: string }[]
  creates?: Created[]
  file?: string
  undo?: boolean
}

/** Documents made on the way because the sheet refers to them. */
export interface Created {
  _key: string
  label: string
  count: number
  names: string[]
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

export const creatable = ({ fields }: Inspection, path: string | null | undefined) =>
  fields.some((field) => field.path === path && field.creatable)

/** Of the columns chosen for it, those that a heading still leads to. */
export const createMissing = (chosen: string[], mapping: Mapping) => chosen.filter((path) => Object.values(mapping).includes(path))

/** A field can be filled by one column only: choosing it for another takes it away from the first. */
export function mapped(mapping: Mapping, heading: string, path: string | null): Mapping {
  const freed = Object.fromEntries(Object.entries(mapping).map(([name, to]) => [name, path !== null && to === path ? null : to]))
  return { ...freed, [heading]: path }
}
