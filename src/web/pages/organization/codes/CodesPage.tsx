import { DeleteOutlined, EditOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons'
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, problemOf } from '@/api/http'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { useChange } from '@/kit/useChange'
import { language } from '@/shared/i18n'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { EntryDialog } from './EntryDialog'
import { type CodeTable, type Entry, fresh, keep, URL, useCodeTables } from './model'
import './codes.css'

interface RowProps {
  table: CodeTable
  entry: Entry
  canChange: boolean
  edit: () => void
}

function Row({ table, entry, canChange, edit }: RowProps) {
  const { t } = useTranslation()
  const { busy, change } = useChange()
  const undo = t(entry.system ? 'org.code.undo' : 'org.code.delete')
  const names = [entry.label, entry.label_en]
  const [shown, other] = language() === 'en' && entry.label_en ? names.reverse() : names
  return (
    <li className={classes(!entry.active && 'is-off')}>
      <Tag color={entry.colour}>{shown}</Tag>
      <span className="codes__en">{other}</span>
      <code className="soft">{entry.code}</code>
      <span className="soft">{t(entry.system ? (entry.id === null ? 'org.code.system' : 'org.code.adapted') : 'org.code.own')}</span>
      {canChange && (
        <span className="codes__verbs">
          <Switch
            size="small"
            loading={busy}
            checked={entry.active}
            aria-label={`${entry.label} ${t('org.code.active')}`}
            onChange={(active) => void change(() => keep(table.key, { ...entry, active }))}
          />
          <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t('org.code.edit')} ${entry.label}`} onClick={edit} />
          <Button
            type="text"
            size="small"
            disabled={entry.id === null}
            icon={entry.system ? <UndoOutlined /> : <DeleteOutlined />}
            aria-label={`${undo} ${entry.label}`}
            title={undo}
            onClick={() => void change(() => del(`${URL}${entry.id}/?version=${entry.version}`))}
          />
        </span>
      )}
    </li>
  )
}

/** 简单字典: every pick list of the product with its entries; a company renames, colours, orders, adds and switches off. */
export default function CodesPage() {
  const { t } = useTranslation()
  const { data, error } = useCodeTables()
  const [edited, setEdited] = useState<{ table: CodeTable; entry: Entry } | null>(null)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return (
    <Sheet title={t('page.codes')} intro={t('org.code.intro')} wide>
      {data.rows.map((table) => (
        <Part key={table.key} title={table.label} text={table.open ? t('org.code.open') : undefined} testid={table.key}>
          <ul className="codes">
            {table.entries.map((entry) => (
              <Row key={entry.code} table={table} entry={entry} canChange={data.can_change} edit={() => setEdited({ table, entry })} />
            ))}
          </ul>
          {data.can_change && (
            <Button icon={<PlusOutlined />} onClick={() => setEdited({ table, entry: fresh(table) })}>
              {t('org.code.new')}
            </Button>
          )}
        </Part>
      ))}
      {edited && <EntryDialog {...edited} onClose={() => setEdited(null)} />}
    </Sheet>
  )
}
