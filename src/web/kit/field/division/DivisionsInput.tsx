import { useQuery } from '@tanstack/react-query'
import { TreeSelect } from 'antd'
import { useState } from 'react'
import { get } from '@/api/http'
import type { InputProps } from '../overlays'
import type { Division } from './model'
import { useDivisions } from './useDivisions'

/** The divisions that a sales region groups. */
export default function DivisionsInput({ field, value, onChange, id, invalid }: InputProps) {
  const [open, setOpen] = useState(false)
  const { rows, text, setText, load } = useDivisions(open)
  const codes = Array.isArray(value) ? value.map(String) : []
  const { data } = useQuery({
    queryKey: ['divisions named', codes],
    queryFn: () => get<{ rows: Division[] }>(`/api/v1/organization/divisions/?codes=${codes.join(',')}`),
    enabled: codes.length > 0,
    placeholderData: (before) => before,
  })
  const names = new Map((data?.rows ?? []).map((row) => [row.code, row.label]))
  return (
    <TreeSelect
      id={id}
      className="input--full"
      multiple
      labelInValue
      treeDataSimpleMode
      disabled={field.readonly}
      showSearch={{ filterTreeNode: false, searchValue: text, onSearch: setText }}
      status={invalid ? 'error' : ''}
      value={codes.map((code) => ({ value: code, label: names.get(code) ?? rows.find((row) => row.value === code)?.full ?? code }))}
      treeData={rows}
      loadData={({ value: code }) => load(String(code))}
      onOpenChange={setOpen}
      onChange={(next) => onChange(next.map((one) => String(one.value)))}
    />
  )
}
