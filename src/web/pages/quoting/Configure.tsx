import { SlidersOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, patch, post, problemOf } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import type { Doc, Line } from '@/api/types'
import { Configurator } from '@/kit/selection/Configurator'
import type { Answer, Choices } from '@/kit/selection/model'
import { formatMoney } from '@/shared/format'

const KEY = 'selection.configuration'

interface Table {
  id: number
  name: string
  edition: number
  item: number | null
}

/** Choosing a machine by its selection table; what was chosen becomes a line of the quote. */
function Choosing({ doc, url, tables, onDone }: { doc: Doc; url: string; tables: Table[]; onDone: () => void }) {
  const { t } = useTranslation()
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
      const made = await post<Doc>('/api/v1/selection/configurations/', { rule_set: table.id, choices })
      const kept = ((doc.lines ?? []) as Line[]).map((line) => ({ id: line.id }))
      await patch(url, { version: doc.version, lines: [...kept, { item: table.item, configuration: made.id }] })
      await refreshAll()
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
export function Configure({ doc, url }: { doc: Doc; url: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const may = !!useMeta().resources[KEY]?.can.create && doc.state === 'draft' && !!doc._can?.change
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
      <Drawer open={open} onClose={() => setOpen(false)} title={t('quote.configure')} size={1080} destroyOnHidden>
        <Choosing doc={doc} url={url} tables={tables} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  )
}
