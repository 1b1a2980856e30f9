import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Table } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Doc, Id } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { useMoney } from '@/shared/currency'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { useTab } from '@/workspace/TabHost'
import type { Repriced } from './model'

const PATH = '/api/v1/quoting/quotes/'
const useRepricing = (id: Id) =>
  useQuery({ queryKey: ['quote', 'repricing', id], queryFn: () => get<{ lines: Repriced[] }>(`${PATH}${id}/repricing/`) })
const changedOf = (lines: Repriced[]) => lines.filter((line) => line.changed).map((line) => line.id)

function Lines({ lines, chosen, onChoose }: { lines: Repriced[]; chosen: Id[]; onChoose: (ids: Id[]) => void }) {
  const { t } = useTranslation()
  const { money } = useMoney()
  return (
    <Table<Repriced>
      size="small"
      rowKey="id"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={lines}
      rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => onChoose(keys as Id[]) }}
      columns={[
        { title: t('quote.line'), render: (_, row) => <Named row={row} /> },
        { title: t('quote.listPrice'), align: 'right', render: (_, row) => <Pair before={row.list_before} after={row.list} /> },
        { title: t('quote.unitPrice'), align: 'right', render: (_, row) => <Pair before={row.price_before} after={row.price} /> },
        { title: t('quote.difference'), align: 'right', dataIndex: 'difference', render: money },
      ]}
    />
  )
}

/** Asked by “Price anew”: which lines take the price of today. */
export default function RepriceInput({ value, onChange }: InputProps) {
  const { data, error } = useRepricing(useTab().id)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return <Lines lines={data.lines} chosen={(value as Id[] | null) ?? changedOf(data.lines)} onChoose={onChange} />
}

/** What each line would cost today beside what it costs now; what is chosen takes the price of today. */
export function Repricing({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { data, error } = useRepricing(doc.id)
  const [chosen, setChosen] = useState<Id[] | null>(null)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const selected = chosen ?? changedOf(data.lines)
  const take = async () => {
    setBusy(true)
    setTrouble('')
    try {
      await post(`${PATH}${doc.id}/reprice/`, { version: doc.version, lines: selected })
      await refreshAll()
    } catch (problem) {
      setTrouble(problemOf(problem).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="repricing" data-testid="repricing">
      {trouble && <Alert type="error" showIcon title={trouble} />}
      <Lines lines={data.lines} chosen={selected} onChoose={setChosen} />
      {doc.state === 'draft' ? (
        <Button type="primary" loading={busy} disabled={!selected.length} onClick={() => void take()} data-testid="take-prices">
          {t('quote.takePrices', { n: selected.length })}
        </Button>
      ) : (
        <p className="soft">{t('quote.reviseFirst')}</p>
      )}
    </div>
  )
}

/** The line, and what is particular about its price. */
function Named({ row }: { row: Repriced }) {
  const { t } = useTranslation()
  return (
    <>
      {row.description} {row.typed && <Tag>{t('quote.step.manual')}</Tag>}
      {row.version && (
        <p className="soft">
          {t(row.version.possible ? 'quote.carried' : 'quote.notCarried', { from: row.version.from, to: row.version.to })}
        </p>
      )}
    </>
  )
}

function Pair({ before, after }: { before: string; after: string }) {
  const { price } = useMoney()
  if (before === after) return <span className="num">{price(after)}</span>
  return (
    <span className="num pair">
      <s>{price(before)}</s> {price(after)}
    </span>
  )
}
