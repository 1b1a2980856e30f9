import { SlidersOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Description, Doc } from '@/api/types'
import { isEditable } from '@/kit/document/DocumentForm'
import { newLine } from '@/kit/document/model'
import { useEditor } from '@/kit/document/useEditor'
import { Configurator } from '@/kit/selection/Configurator'
import type { Answer, Choices } from '@/kit/selection/model'
import { formatMoney } from '@/shared/format'
import { draftKey } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'

const KEY = 'selection.configuration'

interface Table {
  id: number
  name: string
  edition: number
  item: number | null
}

interface Props {
  doc: Doc | null
  description: Description
}

/** Choosing a machine by its selection table; what was chosen becomes a line among those being typed, and is saved with them. */
function Choosing({ doc, description, tables, onDone }: Props & { tables: Table[]; onDone: () => void }) {
  const { t } = useTranslation()
  const here = useTab()
  const { setLines } = useEditor(description, doc, draftKey(here), doc?._label ?? t('document.newOf', { name: description.label }))
  const [table, setTable] = useState(tables[0])
  const [choices, setChoices] = useState<Choices>({})
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState('')
  if (!table) return null
  const add = async () => {
    setBusy(true)
    setTrouble('')
    try {
      const [made, item] = await Promise.all([
        post<Doc>('/api/v1/selection/configurations/', { rule_set: table.id, choices }),
        get<Doc>(`/api/v1/catalog/items/${table.item}/`),
      ])
      const line = newLine({ item: { id: item.id, label: item._label }, configuration: { id: made.id, label: made._label } })
      setLines('lines', (rows) => [...rows.filter((row) => row._k !== 'first' || Object.keys(row).length > 1), line])
      onDone()
    } catch (error) {
      setTrouble(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="repricing">
      <Select
        aria-label={t('selection.table')}
        value={table.id}
        options={tables.map((one) => ({ value: one.id, label: `${one.name} v${one.edition}` }))}
        onChange={(next) => {
          setTable(tables.find((one) => one.id === next))
          setChoices({})
        }}
      />
      {trouble && <Alert type="error" showIcon title={trouble} />}
      <Configurator key={table.id} table={table.id} choices={choices} onChange={setChoices} onAnswer={setAnswer}>
        <Button type="primary" block loading={busy} disabled={answer?.state !== 'valid'} onClick={() => void add()} data-testid="add-line">
          {t('quote.addLine', { price: answer ? formatMoney(answer.price.list) : '' })}
        </Button>
      </Configurator>
    </div>
  )
}

/** 选型: opens beside the quote while it can be changed and the company has a table to choose from. */
export function Configure({ doc, description }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const may = !!useMeta().resources[KEY]?.can.create && isEditable(description, doc)
  const { data } = useQuery({
    queryKey: ['selection', 'offer'],
    queryFn: () => get<{ rows: Table[] }>('/api/v1/selection/offer/'),
    enabled: may,
  })
  const tables = data?.rows.filter((row) => row.item !== null) ?? []
  if (!may || !tables.length) return null
  return (
    <>
      <Button icon={<SlidersOutlined />} onClick={() => setOpen(true)} data-testid="configure">
        {t('quote.configure')}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" title={t('quote.configure')} size={1080} destroyOnHidden>
        <Choosing doc={doc} description={description} tables={tables} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  )
}
