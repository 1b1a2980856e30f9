import { PlusOutlined } from '@ant-design/icons'
import { Button, Select, Spin } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryString, useMeta } from '@/api/queries'
import type { Field, LookupRow, RefValue } from '@/api/types'
import { draftKey, newUrl } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { openTab } from '@/workspace/tabs'
import type { InputProps } from './overlays'
import { isRaw } from './parse'
import { useLabel, useOptions } from './useOptions'

const option = (row: LookupRow) => ({ value: String(row.id), label: row.label, row })

function OptionRow({ row }: { row: LookupRow }) {
  return (
    <span className="ref__option">
      <span>{row.label}</span>
      {row.sub && <small>{row.sub}</small>}
    </span>
  )
}

/** "Create new" opens a tab; saving there fills this field and comes back. */
function CreateNew({ field, text, children }: { field: Field; text: string; children: ReactNode }) {
  const { t } = useTranslation()
  const here = useTab()
  const resource = useMeta().resources[field.resource ?? '']
  if (!resource?.can.create || here.page !== 'doc') return children
  const create = () => openTab(newUrl(field.resource ?? '', queryString({ for: draftKey(here), field: field.name, text })))
  return (
    <>
      {children}
      <div className="ref__new">
        <Button type="link" size="small" icon={<PlusOutlined />} onMouseDown={(event) => event.preventDefault()} onClick={create}>
          {t(text ? 'field.createNamed' : 'field.create', { name: resource.label, text })}
        </Button>
      </div>
    </>
  )
}

export function RefInput({ field, value, onChange, id, invalid, context }: InputProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { text, setText, rows, busy } = useOptions(field, open, context)
  const bareLabel = useLabel(field, value)
  const current = isRaw(value) ? { id: value.raw, label: value.raw } : typeof value === 'object' ? (value as RefValue | null) : null
  const shown = current ?? (value ? { id: String(value), label: bareLabel ?? '…' } : null)
  return (
    <Select
      id={id}
      className="input--full"
      allowClear
      labelInValue
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      status={invalid || isRaw(value) ? 'error' : ''}
      value={shown ? { value: String(shown.id), label: shown.label } : null}
      options={rows.map(option)}
      optionRender={({ data }) => <OptionRow row={data.row} />}
      notFoundContent={busy ? <Spin size="small" /> : t('field.nothing')}
      onOpenChange={setOpen}
      popupMatchSelectWidth={320}
      popupRender={(menu) => (
        <CreateNew field={field} text={text}>
          {menu}
        </CreateNew>
      )}
      onChange={(next, picked) => {
        const row = Array.isArray(picked) ? undefined : picked?.row
        onChange(next && row ? { id: row.id, label: row.label } : null)
        setText('')
      }}
    />
  )
}

export function RefsInput({ field, value, onChange, id, invalid, context }: InputProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { text, setText, rows, busy } = useOptions(field, open, context)
  const current = Array.isArray(value) ? (value as RefValue[]) : []
  const known = new Map<string, LookupRow>([...current, ...rows].map((one) => [String(one.id), one]))
  return (
    <Select
      id={id}
      mode="multiple"
      className="input--full"
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      status={invalid ? 'error' : ''}
      value={current.map((one) => String(one.id))}
      options={[...known.values()].map(option)}
      optionRender={({ data }) => <OptionRow row={data.row} />}
      notFoundContent={busy ? <Spin size="small" /> : t('field.nothing')}
      onOpenChange={setOpen}
      onChange={(ids) => onChange(ids.flatMap((key) => known.get(key) ?? []).map(({ id, label }) => ({ id, label })))}
    />
  )
}
