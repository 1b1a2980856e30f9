import { Button, Checkbox, Empty, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { queryString, useMeta, usePages } from '@/api/queries'
import type { Id } from '@/api/types'
import { LEVELS } from '@/kit/attention/levels'
import { type Saying, TakeUp } from '@/kit/attention/TakeUp'
import { ALERTS, type Alert, sayOf } from '@/kit/attention/useAlerts'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { AlertRow } from './AlertRow'
import { Quality } from './Quality'
import { Ready } from './Ready'
import '@/kit/feed/feed.css'
import './alerts.css'

const RULE = 'process.rule'
type View = 'open' | 'mine' | 'all' | 'quality'

/** 预警: what calls for attention among the documents I may see; taken up or put off, one or many. */
export default function AlertsPage() {
  const { t } = useTranslation()
  const phone = usePhone()
  const { resources } = useMeta()
  const [view, setView] = useState<View>('open')
  const [level, setLevel] = useState<string[]>([])
  const [q, setQ] = useState('')
  const [ticked, setTicked] = useState<ReadonlySet<Id>>(new Set())
  const [saying, setSaying] = useState<Saying | null>(null)
  const query = queryString({ state: view === 'all' ? 'all' : 'open', mine: view === 'mine' ? 1 : '', level, q })
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = usePages<Alert>(
    'alerts',
    ALERTS,
    query,
    view !== 'quality',
  )
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const chosen = rows.filter((row) => ticked.has(row.id))
  const views: View[] = resources[RULE] ? ['open', 'mine', 'all', 'quality'] : ['open', 'mine', 'all']
  const say = (alerts: Alert[], verb: Saying['verb']) =>
    setSaying({ verb, explained: true, run: (said) => sayOf(alerts, verb, said).then(() => setTicked(new Set())) })
  const tick = (id: Id, mark: boolean) => setTicked(new Set(mark ? [...ticked, id] : [...ticked].filter((one) => one !== id)))
  return (
    <div className="feed">
      <header className="feed__top">
        <h1>{t('page.alerts')}</h1>
        {resources[RULE] && <TabLink to={listUrl(RULE)}>{resources[RULE].plural}</TabLink>}
      </header>
      <Segmented
        block={phone}
        value={view}
        data-testid="views"
        onChange={(next) => {
          setView(next)
          setTicked(new Set())
        }}
        options={views.map((value) => ({ value, label: t(`attention.view.${value}`) }))}
      />
      {view === 'quality' ? (
        <>
          <Ready />
          <Quality />
        </>
      ) : (
        <>
          {chosen.length > 0 ? (
            <div className="feed__batch">
              <Checkbox checked indeterminate={chosen.length < rows.length} onChange={() => setTicked(new Set())}>
                {t('attention.chosen', { count: chosen.length })}
              </Checkbox>
              <span>
                {(['acknowledge', 'snooze'] as const).map((verb) => (
                  <Button key={verb} size="small" onClick={() => say(chosen, verb)}>
                    {t(`attention.${verb}`)}
                  </Button>
                ))}
              </span>
            </div>
          ) : (
            <search className="feed__filters">
              <Input.Search
                allowClear
                placeholder={t('attention.find')}
                aria-label={t('attention.find')}
                onSearch={(text) => setQ(text.trim())}
              />
              <Select
                mode="multiple"
                allowClear
                placeholder={t('attention.levels')}
                aria-label={t('attention.levels')}
                showSearch={byName}
                value={level}
                options={LEVELS.map((value) => ({ value, label: t(`attention.level.${value}`) }))}
                onChange={setLevel}
              />
            </search>
          )}
          {error && <Trouble title={problemOf(error).detail} />}
          {isPending && !error && <Waiting />}
          {!isPending && !error && rows.length === 0 && (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(q || level.length ? 'attention.nothing' : 'attention.none')} />
          )}
          {rows.length > 0 && (
            <ul className="panel">
              {rows.map((row) => (
                <AlertRow
                  key={row.id}
                  alert={row}
                  ticked={ticked.has(row.id)}
                  onTick={(mark) => tick(row.id, mark)}
                  onSay={(verb) => say([row], verb)}
                />
              ))}
            </ul>
          )}
          {hasNextPage && (
            <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('more')}
            </Button>
          )}
        </>
      )}
      {saying && <TakeUp saying={saying} onClose={() => setSaying(null)} />}
    </div>
  )
}
