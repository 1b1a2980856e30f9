import { TreeSelect } from 'antd'
import { useState } from 'react'
import type { RefValue } from '@/api/types'
import type { InputProps } from '../overlays'
import { useDivisions } from './useDivisions'

/** One administrative division: opened level by level, or found by typing its name. */
export default function DivisionInput({ value, onChange, id, invalid }: InputProps) {
  const [open, setOpen] = useState(false)
  const { rows, text, setText, load } = useDivisions(open)
  const current = value && typeof value === 'object' ? (value as RefValue) : null
  const shown = current
    ? { value: String(current.id), label: current.label }
    : value
      ? { value: String(value), label: String(value) }
      : null
  return (
    <TreeSelect
      id={id}
      className="input--full"
      allowClear
      labelInValue
      treeDataSimpleMode
      showSearch={{ filterTreeNode: false, searchValue: text, onSearch: setText }}
      status={invalid ? 'error' : ''}
      value={shown}
      treeData={rows}
      loadData={({ value: code }) => load(String(code))}
      onOpenChange={setOpen}
      onChange={(next) => {
        const row = rows.find((one) => one.value === next?.value)
        onChange(row ? { id: row.value, label: row.full } : null)
        setText('')
      }}
    />
  )
}
