import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useDescription } from '@/api/queries'
import type { Description, Doc, Id } from '@/api/types'
import { Trouble } from '@/shared/Trouble'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { PlanEnds } from '@/workspace/notices/PlanEnds'
import { useTab } from '@/workspace/TabHost'
import { BulkBar } from './BulkBar'
import { ListEmpty } from './ListEmpty'
import { ListFoot } from './ListFoot'
import { ListHead } from './ListHead'
import { Rows } from './Rows'
import { Toolbar } from './Toolbar'
import { type Item, useGroupRows } from './useGroupRows'
import { groupPath, useGroups, useListState, useRows, useTotals, useViews } from './useList'
import './list.css'

export type Selected = Map<Id, Doc>

function List({ description }: { description: Description }) {
  const phone = usePhone()
  const [state, set] = useListState()
  const views = useViews(description)
  const [selected, setSelected] = useState<Selected>(new Map())
  const sums = useMemo(() => views.columns.filter((field) => field.sum).map((field) => field.name), [views.columns])
  const grouped = description.groups.includes(state.group)
  const rows = useRows(description, state, views.columns, !grouped)
  const totals = useTotals(description, state, sums)
  const groups = useGroups(description, state, sums)
  const groupRows = useGroupRows(description.url, rows.query, groupPath(description, state), grouped ? groups.data?.groups : undefined)
  const plain = useMemo(() => rows.rows.map((doc): Item => ({ kind: 'row', doc })), [rows.rows])
  const items = grouped ? groupRows.items : plain
  const error = grouped ? groups.error : rows.error
  const waiting = grouped ? groups.isPending : rows.isPending
  const more = () => {
    if (!grouped && rows.hasNextPage && !rows.isFetchingNextPage) void rows.fetchNextPage()
  }
  return (
    <div className="list" data-testid="list">
      <ListHead description={description} views={views} state={state} set={set} selected={selected} />
      <PlanEnds name="apps" detail={description.closed} />
      <div className="panel list__panel">
        {selected.size > 0 ? (
          <BulkBar description={description} selected={selected} clear={() => setSelected(new Map())} />
        ) : (
          <Toolbar description={description} state={state} set={set} />
        )}
        {error || (!waiting && items.length === 0) ? (
          <ListEmpty description={description} state={state} set={set} error={error ? problemOf(error) : null} />
        ) : (
          <Rows
            description={description}
            views={views}
            state={state}
            set={set}
            items={items}
            waiting={waiting}
            more={more}
            selected={selected}
            setSelected={setSelected}
            onGroup={groupRows.toggle}
            onGroupMore={groupRows.more}
            cards={phone}
          />
        )}
        <ListFoot description={description} totals={totals.data} busy={totals.isFetching || rows.isFetchingNextPage} sums={sums} />
      </div>
    </div>
  )
}

/** The generated list of any document type. */
export default function ListPage() {
  const { t } = useTranslation()
  const { key } = useTab()
  const { data, error, fetchStatus, isPending } = useDescription(key)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (isPending && fetchStatus === 'idle') return <Trouble missing title={t('trouble.not_found')} />
  return data ? <List key={key} description={data} /> : <Waiting />
}
