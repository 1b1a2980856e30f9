import { PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doc, Line, RefValue } from '@/api/types'
import { type LineEdit, rowsOf, storedLines } from '@/kit/document/model'
import type { Editor } from '@/kit/document/useEditor'
import { useCursor } from '@/kit/grid/cursor'
import { configurationOf } from '@/kit/selection/pairing'
import { byName } from '@/shared/pinyin'
import { draftKey } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { choosingOf, isOpenTo, type Table } from './choices'
import { LineChoices } from './LineChoices'
import { useLines } from './useWriting'

const NEW = 'new'
const byId = (doc: Doc | null) => new Map(storedLines(doc, 'lines').map((line) => [line.id, line]))

function labelOf(row: LineEdit, line: Line | undefined): string {
  const item = ('item' in row ? row.item : line?.item) as RefValue | null | undefined
  const code = choosingOf(row)?.own?.code ?? (configurationOf(row, line) ? line?.spec : '')
  return String(code || item?.label || '—')
}

/** 选型 beside the quote: for the line one stands on, or for a new one. */
export function SelectionPane({ editor, tables, readonly }: { editor: Editor; tables: Table[]; readonly: boolean }) {
  const { t } = useTranslation()
  const here = useTab()
  const { doc, edits } = editor
  const { at, go } = useCursor()
  const lines = useLines(editor, draftKey(here), tables)
  const stored = useMemo(() => byId(doc), [doc])
  const rows = useMemo(() => rowsOf(doc, edits, 'lines'), [doc, edits])
  const lineOf = (row: LineEdit | undefined) => (row?.id === undefined ? undefined : stored.get(row.id))
  const row = rows.find((one) => one._k === at) ?? rows[0]
  const add = () => go(lines.add())
  const options = rows.map((one, place) => ({ value: one._k, label: `${place + 1} · ${labelOf(one, lineOf(one))}` }))
  const box = useRef<HTMLDivElement>(null)
  const line = row?._k
  // biome-ignore lint/correctness/useExhaustiveDependencies: another line begins at its first option
  useEffect(() => {
    box.current?.closest('.deskpane')?.scrollTo({ top: 0 })
  }, [line])
  const open = !!row && (isOpenTo(row, lineOf(row)) || !!configurationOf(row, lineOf(row)))
  return (
    <div className="choosing" data-testid="selection-pane" ref={box}>
      <Select
        aria-label={t('quote.choosing.line')}
        prefix={t('quote.choosing.line')}
        showSearch={byName}
        value={row?._k}
        placeholder={t('quote.choosing.none')}
        data-testid="choosing-line"
        options={readonly ? options : [...options, { value: NEW, label: t('quote.choosing.new') }]}
        onChange={(next: string) => (next === NEW ? add() : go(next))}
      />
      {row && open ? (
        <LineChoices
          key={row._k}
          row={row}
          line={lineOf(row)}
          number={rows.indexOf(row) + 1}
          tables={tables}
          readonly={readonly}
          lines={lines}
        />
      ) : (
        <div className="choosing__other">
          <p className="soft">{row ? t('quote.choosing.other', { name: labelOf(row, lineOf(row)) }) : t('quote.choosing.none')}</p>
          {!readonly && (
            <Button type="primary" icon={<PlusOutlined />} onClick={add} data-testid="choose-new">
              {t('quote.choosing.new')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
