import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bytes, compute, problemOf } from '@/api/http'
import { formatList } from '@/shared/format'
import { saveFile } from '@/shared/saveFile'
import type { Table } from './cells'
import type { Problem } from './problems'
import type { SheetName } from './sheets'
import { type Cells, cellsOf, filled } from './workbook'

const URL = '/api/v1/selection/rule-sets'

interface Taken {
  before: Table
  sheets: [SheetName, number][]
  problems: Problem[]
}

/** What came of a file: which sheets were read, what could not be, and the way back. */
function Told({ taken, undo, close }: { taken: Taken; undo: () => void; close: () => void }) {
  const { t } = useTranslation()
  const read = taken.sheets.map(([name, count]) => t('selection.rowsOf', { sheet: t(`selection.sheet.${name}`), n: count }))
  return (
    <Alert
      type={taken.problems.length ? 'warning' : 'success'}
      showIcon
      closable={{ onClose: close }}
      data-testid="sheets-read"
      title={read.length ? t('selection.filesRead', { sheets: formatList(read) }) : t('selection.nothingRead')}
      action={
        read.length > 0 && (
          <Button size="small" onClick={undo}>
            {t('selection.undo')}
          </Button>
        )
      }
      description={
        taken.problems.length > 0 && (
          <ul>
            {taken.problems.map((one) => (
              <li key={`${one.path} ${one.code}`}>
                <b>{one.path}</b> {one.detail}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}

/** A table as a workbook: downloaded to be filled in, and read back; a CSV file fills the sheet that is open. */
export function SheetFiles({
  table,
  change,
  view,
  locked,
}: {
  table: Table
  change: (table: Table) => void
  view: string
  locked: boolean
}) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [taken, setTaken] = useState<Taken | null>(null)
  const [trouble, setTrouble] = useState('')
  const guarded = (work: () => Promise<void>) => {
    setTrouble('')
    return work().catch((error: unknown) => setTrouble(problemOf(error).detail))
  }
  const take = (file: File) =>
    guarded(async () => {
      const form = new FormData()
      form.append('file', file)
      form.append('part', view === 'analysis' ? 'options' : view)
      const { sheets, problems } = await compute<{ sheets: Cells; problems: Problem[] }>(`${URL}/sheets/`, form)
      const names = Object.keys(sheets) as SheetName[]
      setTaken({ before: table, sheets: names.map((name) => [name, sheets[name]?.length ?? 0]), problems })
      if (names.length) change(filled(table, sheets))
    })
  const undo = () => {
    if (taken) change(taken.before)
    setTaken(null)
  }
  const save = () =>
    guarded(async () => saveFile(`${t('selection.table')}.xlsx`, await bytes(`${URL}/workbook/`, { sheets: cellsOf(table) })))
  return (
    <>
      <div className="tableinput__files">
        {!locked && (
          <>
            <input
              ref={input}
              type="file"
              accept=".xlsx,.csv"
              hidden
              data-testid="sheets-file"
              onChange={({ target }) => {
                const file = target.files?.[0]
                target.value = ''
                if (file) void take(file)
              }}
            />
            <Button size="small" icon={<UploadOutlined />} onClick={() => input.current?.click()}>
              {t('selection.upload')}
            </Button>
          </>
        )}
        <Button size="small" icon={<DownloadOutlined />} onClick={() => void save()} data-testid="sheets-download">
          {t('selection.download')}
        </Button>
      </div>
      {trouble && <Alert type="error" showIcon title={trouble} />}
      {taken && <Told taken={taken} undo={undo} close={() => setTaken(null)} />}
    </>
  )
}
