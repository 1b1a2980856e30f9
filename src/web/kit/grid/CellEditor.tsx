import { AutoComplete, Select, Spin } from 'antd'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, LookupRow } from '@/api/types'
import { byName } from '@/shared/pinyin'
import { isChoice, isNumeric, isReference } from '../field/parse'
import { useOptions } from '../field/useOptions'
import type { Step } from './model'
import type { Grid } from './useGrid'

interface Props {
  column: Field
  /** What stands in the cell, and what is being typed over it. */
  before: string
  text: string
  onText: (text: string) => void
  onCommit: Grid['commit']
  onCancel: () => void
  context: (name: string) => unknown
}

const stepOf = (event: KeyboardEvent): Step | null => {
  if (event.key === 'Enter') return event.shiftKey ? 'up' : 'down'
  if (event.key === 'Tab') return event.shiftKey ? 'back' : 'next'
  return null
}

function TextEditor({ column, text, onText, onCommit, onCancel }: Props) {
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return // Enter and arrows belong to the input method
    const step = stepOf(event)
    if (step) {
      event.preventDefault()
      onCommit({ text: event.currentTarget.value }, step)
    } else if (event.key === 'Escape') onCancel()
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the cell was entered to type into it
      autoFocus
      className="grid__editor"
      aria-label={column.label}
      inputMode={isNumeric(column) ? 'decimal' : 'text'}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={keys}
      onBlur={(event) => onCommit({ text: event.target.value }, 'stay')}
    />
  )
}

function ChoiceEditor({ column, onCommit, onCancel }: Props) {
  return (
    <Select
      autoFocus
      defaultOpen
      className="grid__editor"
      variant="borderless"
      aria-label={column.label}
      showSearch={byName}
      popupMatchSelectWidth={false}
      options={column.options}
      onChange={(value) => onCommit({ value }, 'next')}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape' || event.key === 'Tab') onCancel()
      }}
      onBlur={onCancel}
    />
  )
}

/** Search while typing; text left without choosing is looked up when it is committed. */
function ReferenceEditor({ column, before, text, onText, onCommit, onCancel, context }: Props) {
  const { t } = useTranslation()
  const { setText, rows, busy } = useOptions(column, true, context, text)
  const leave = (step: Step) => (text.trim() && text !== before ? onCommit({ text }, step) : onCancel())
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onCancel()
    const step = stepOf(event)
    if (!step || (event.key === 'Enter' && rows.length > 0)) return // Enter takes the row pointed at, where there is one
    event.preventDefault()
    leave(step)
  }
  return (
    <AutoComplete
      autoFocus
      open
      defaultActiveFirstOption
      className="grid__editor"
      variant="borderless"
      aria-label={column.label}
      value={text}
      popupMatchSelectWidth={340}
      options={rows.map((row) => ({ value: row.label, key: String(row.id), row }))}
      optionRender={({ data }) => (
        <span className="ref__option">
          <span>{data.row.label}</span>
          <small>{data.row.sub}</small>
        </span>
      )}
      notFoundContent={busy ? <Spin size="small" /> : t('field.nothing')}
      onSearch={(next) => {
        onText(next)
        setText(next)
      }}
      onSelect={(_: unknown, picked: { row: LookupRow }) => onCommit({ value: { id: picked.row.id, label: picked.row.label } }, 'next')}
      onKeyDown={keys}
      onBlur={() => leave('stay')}
    />
  )
}

export function CellEditor(props: Props) {
  if (isReference(props.column)) return <ReferenceEditor {...props} />
  if (isChoice(props.column)) return <ChoiceEditor {...props} />
  return <TextEditor {...props} />
}
