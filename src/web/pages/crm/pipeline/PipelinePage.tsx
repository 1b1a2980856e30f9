import { useQuery } from '@tanstack/react-query'
import { Empty, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { queryString, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { Trouble } from '@/shared/Trouble'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { listUrl, newUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type Deal, dealsOf, type Stage } from '../model'
import { StageColumn } from './StageColumn'
import { StageRail } from './StageRail'
import { TickFirst } from './TickFirst'
import { useFinger } from './useFinger'
import { useMove } from './useMove'
import './pipeline.css'

type Named = Stage & { _label: string }

const KEY = 'crm.opportunity'
const COLUMNS = 'title,customer,stage,amount,weighted,expected_on,stage_since,owner'
const MOST = 500

/** 商机看板: open opportunities by stage; drag a card by mouse or finger, or move it by its menu or with Alt and the arrows. */
export default function PipelinePage() {
  const { t } = useTranslation()
  const phone = usePhone()
  const { resources, member, company } = useMeta()
  const url = resources[KEY]?.url
  const [owner, setOwner] = useState<'me' | ''>('')
  const [shown, setShown] = useState<Id | null>(null)
  const { busy, asked, move, drop } = useMove(url)
  const stages = useQuery({
    queryKey: ['pipeline', 'stages'],
    queryFn: () => get<{ rows: Named[] }>('/api/v1/crm/stages/?sort=position&active=true&limit=50&columns=name,probability,days'),
    select: ({ rows }) => rows.map((row): Stage => ({ ...row, name: row._label })),
  })
  const query = queryString({ state: 'open', limit: MOST, sort: 'expected_on', columns: COLUMNS, owner })
  const deals = useQuery({
    queryKey: ['pipeline', 'deals', query],
    queryFn: () => get<{ rows: Deal[]; next: string | null }>(`${url}?${query}`),
    enabled: !!url,
  })
  const rows = useMemo(() => deals.data?.rows ?? [], [deals.data])
  const { setBoard, carried } = useFinger((deal, stage) => {
    const card = rows.find((one) => String(one.id) === deal)
    const to = stages.data?.find((one) => String(one.id) === stage)
    if (card && to && String(card.stage?.id) !== stage) void move(card, to)
  })
  const error = stages.error ?? deals.error
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!stages.data || !deals.data) return <Waiting />
  const all = stages.data
  const held = rows.find((one) => String(one.id) === carried?.deal)
  const columns = phone ? all.filter((stage) => String(stage.id) === String(shown ?? all[0]?.id)) : all
  return (
    <div className="pipeline">
      <header className="pipeline__top">
        <h1>{t('page.pipeline')}</h1>
        <Select
          value={owner}
          aria-label={t('crm.whose')}
          onChange={setOwner}
          options={[
            { value: '', label: t('crm.everybody') },
            { value: 'me', label: member.name },
          ]}
        />
        <TabLink to={listUrl(KEY, { state: 'open' })}>{t('crm.asList')}</TabLink>
        {resources[KEY]?.can.create && <TabLink to={newUrl(KEY)}>{t('crm.newDeal')}</TabLink>}
      </header>
      {deals.data.next && <p className="soft">{t('crm.firstOnly', { count: MOST })}</p>}
      {phone && (
        <Select
          className="input--full"
          aria-label={t('crm.stage')}
          value={columns[0]?.id}
          onChange={(id: Id) => setShown(id)}
          options={all.map((stage) => ({ value: stage.id, label: `${stage.name} · ${dealsOf(rows, stage).length}` }))}
        />
      )}
      {all.length === 0 ? (
        <Empty description={t('crm.noStages')} />
      ) : (
        <div className="pipeline__board" ref={setBoard} data-testid="board">
          {columns.map((stage) => (
            <StageColumn
              key={stage.id}
              stage={stage}
              stages={all}
              deals={dealsOf(rows, stage)}
              today={company.today}
              reached={carried?.over === String(stage.id)}
              onMove={move}
            />
          ))}
          {held && phone && <StageRail stages={all} at={String(held.stage?.id)} over={carried?.over ?? null} />}
          {held && (
            <div className="deal is-carried" data-testid="carried">
              <b>{held.title}</b>
              <span className="soft">{held.customer?.label}</span>
            </div>
          )}
        </div>
      )}
      {asked && <TickFirst asked={asked} busy={busy} go={(ticked) => void move(asked.deal, asked.stage, ticked)} onClose={drop} />}
    </div>
  )
}
