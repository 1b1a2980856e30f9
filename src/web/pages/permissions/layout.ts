import type { Description, Field, FieldsSection } from '@/api/types'

/** How a role has the form of a document type (`kernel/layouts.py`). */
export interface Layout {
  sections?: { title: string; fields: string[] }[]
  hide?: string[]
  required?: string[]
  defaults?: Record<string, unknown>
}

const STARTED = ['text', 'long', 'int', 'decimal', 'money', 'price', 'percent', 'choice', 'date', 'email', 'phone', 'url']
export const canStart = (field: Field) => STARTED.includes(field.type) && !field.readonly

/** The sections as they are now, with fields that nobody placed yet in the section of the product. */
export function sectionsOf(usual: FieldsSection[], { sections = [], hide = [] }: Layout): { title: string; fields: string[] }[] {
  const placed = new Set(sections.flatMap((section) => section.fields))
  const rest = usual.map(({ title, fields }) => ({ title, fields: fields.filter((name) => !placed.has(name)) }))
  const all = [...sections, ...rest.filter((section) => section.fields.length > 0)]
  const known = new Set(all.flatMap((section) => section.fields))
  const lost = hide.filter((name) => !known.has(name))
  return lost.length && all[0] ? [{ ...all[0], fields: [...all[0].fields, ...lost] }, ...all.slice(1)] : all
}

/** A field one place up or down, over the edge of its section into the next. */
export function stepped(sections: { title: string; fields: string[] }[], name: string, by: 1 | -1): { title: string; fields: string[] }[] {
  const at = sections.findIndex((section) => section.fields.includes(name))
  const section = sections[at]
  if (!section) return sections
  const from = section.fields.indexOf(name)
  const rest = section.fields.toSpliced(from, 1)
  const to = from + by
  if (to >= 0 && to <= rest.length) return sections.with(at, { ...section, fields: rest.toSpliced(to, 0, name) })
  const other = sections[at + by]
  if (!other) return sections
  const moved = { ...other, fields: by > 0 ? [name, ...other.fields] : [...other.fields, name] }
  return sections.with(at, { ...section, fields: rest }).with(at + by, moved)
}

export const fieldSections = ({ form }: Description) => form.filter((part): part is FieldsSection => part.kind === 'fields')

/** Only what differs from the usual is kept. */
export function tidy(layout: Layout): Layout | null {
  const kept = Object.fromEntries(
    Object.entries(layout).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Object.keys(value ?? {}).length > 0)),
  )
  return Object.keys(kept).length ? kept : null
}
