import { type ReactNode, useCallback, useId, useMemo } from 'react'
import type { Field, FieldsSection, LinesSection, Values } from '@/api/types'
import { classes } from '@/shared/text'
import { usePhone } from '@/shared/useMedia'
import { FieldBox } from '../field/FieldBox'
import { overlayFor, spanOf } from '../field/overlays'
import { pathOf } from '../field/path'
import { ReadValue } from '../field/ReadValue'
import { FieldInput } from '../field/registry'
import { followed } from '../grid/follows'
import { LineCards } from '../grid/LineCards'
import { LineGrid } from '../grid/LineGrid'
import { type LineEdit, linesSections, rowsOf, ruled, shownFields, shownLine, storedLines } from './model'
import type { Editor } from './useEditor'
import type { usePreview } from './usePreview'

interface Props {
  editor: Editor
  preview: ReturnType<typeof usePreview>
  editable: boolean
  errors: Record<string, string>
  clear: (path: string) => void
  value: (name: string) => unknown
}

const isWide = (field: Field) => ['long', 'json', 'choices'].includes(field.type)

function FieldsPart({ section, ...props }: Props & { section: FieldsSection }) {
  const { editor, editable, errors, clear, value } = props
  const id = useId()
  const { key } = editor.description
  const fields = shownFields(section, editor.description, ruled(editor.doc, props.preview.computed))
  const put = (field: Field, next: unknown) => {
    clear(pathOf(field))
    editor.setField(field, next)
  }
  const fill = (values: Values) => {
    for (const [name, next] of Object.entries(values)) {
      const field = editor.description.fields[name]
      if (field && editable && !field.readonly && !field.masked) put(field, next)
    }
  }
  const lines = (name: string) => {
    const kind = linesSections(editor.description).find((one) => one.name === name)
    if (!kind || kind.fixed || !editable) return undefined
    const stored = new Map(storedLines(editor.doc, name).map((line) => [line.id, line]))
    const columns = kind.columns.flatMap((column) => kind.fields[column] ?? [])
    const rows = rowsOf(editor.doc, editor.edits, name).map((row) => {
      const cells = shownLine(columns, row, stored.get(row.id), props.preview.computed?.lines[name])
      return { row, cells }
    })
    return { rows, change: editor.setLines.bind(null, name) }
  }
  return (
    <div className="fields">
      {fields.map((field) => {
        const path = pathOf(field)
        const current = value(field.name)
        const open = editable && !field.readonly && !field.masked
        return (
          <FieldBox
            key={path}
            field={open ? field : { ...field, required: false }}
            id={`${id}${path}`}
            error={errors[path]}
            wide={(isWide(field) && !overlayFor(key, field)) || spanOf(key, field.name) !== 'field'}
          >
            {open || overlayFor(key, field) || field.columns ? (
              <FieldInput
                resource={key}
                field={open ? field : { ...field, readonly: true }}
                id={`${id}${path}`}
                value={current}
                invalid={!!errors[path]}
                context={value}
                fill={fill}
                lines={lines}
                onChange={(next) => put(field, next)}
              />
            ) : (
              <div className={classes('field__value', field.type === 'long' && 'is-long')} id={`${id}${path}`}>
                <ReadValue field={field} value={current} to={editor.doc?._links?.[field.name]} />
              </div>
            )}
          </FieldBox>
        )
      })}
    </div>
  )
}

function LinesPart({ section, editor, preview, editable, errors, value }: Props & { section: LinesSection }) {
  const Lines = usePhone() ? LineCards : LineGrid
  const { doc, edits, setLines } = editor
  const rows = useMemo(() => rowsOf(doc, edits, section.name), [doc, edits, section.name])
  const stored = useMemo(
    () => new Map(storedLines(doc, section.name).flatMap((line) => (line.id === undefined ? [] : [[line.id, line]]))),
    [doc, section],
  )
  const path = `${editor.description.key}.${section.name}`
  const change = useCallback(
    (next: (rows: LineEdit[]) => LineEdit[]) => setLines(section.name, (rows) => followed(path, rows, next(rows), stored)),
    [setLines, section.name, path, stored],
  )
  const byRow = useMemo(() => {
    const result: Record<string, Record<string, string>> = {}
    for (const [path, sentence] of Object.entries(errors)) {
      const [name, row, ...field] = path.split('.')
      if (name !== section.name || !row) continue
      result[row] = { ...result[row], [field.join('.')]: sentence }
    }
    return result
  }, [errors, section.name])
  return (
    <div data-lines={section.name} data-testid={`field-${section.name}`}>
      <Lines
        path={path}
        section={section}
        rows={rows}
        stored={stored}
        computed={preview.computed?.lines[section.name]}
        errors={byRow}
        locked={!editable || !!section.fixed}
        change={change}
        header={value}
      />
      {errors[section.name] && (
        <p className="field__error" role="alert">
          {errors[section.name]}
        </p>
      )}
    </div>
  )
}

function Part({ section, ...props }: Props & { section: FieldsSection | LinesSection }) {
  const { description, doc } = props.editor
  if (section.kind === 'fields' && !shownFields(section, description, ruled(doc, props.preview.computed)).length) return null
  return (
    <section className="panel section">
      {section.title && <h2>{section.title}</h2>}
      {section.kind === 'lines' ? <LinesPart {...props} section={section} /> : <FieldsPart {...props} section={section} />}
    </section>
  )
}

/** What comes before the lines stands beside the stream; lines, and inputs as broad as they, take the whole width. */
export function Sections({ side, children, ...props }: Props & { side: ReactNode; children: ReactNode }) {
  const { form, key } = props.editor.description
  const broad = (section: FieldsSection | LinesSection) =>
    section.kind === 'lines' || section.fields.some((name) => spanOf(key, name) === 'page')
  const lines = form.findIndex(broad)
  const part = (section: FieldsSection | LinesSection) => (
    <Part key={section.kind === 'lines' ? section.name : section.title} {...props} section={section} />
  )
  const split = lines < 0 ? form.length : lines
  return (
    <div className={classes('document__body', lines >= 0 && 'has-lines')}>
      <div className="document__main">
        {form.slice(0, split).map(part)}
        {lines < 0 && children}
      </div>
      {side}
      {lines >= 0 && (
        <div className="document__wide">
          {form.slice(split).map(part)}
          {children}
        </div>
      )}
    </div>
  )
}
