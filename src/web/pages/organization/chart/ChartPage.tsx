import { ApartmentOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons'
import { Alert, Button, DatePicker, Empty, Segmented } from 'antd'
import dayjs from 'dayjs'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { Trouble } from '@/shared/Trouble'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { docUrl, newUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'
import { IndentedTree } from './IndentedTree'
import { MoveDialog } from './MoveDialog'
import { type Item, postItems, unitItems, useStructure, type Which } from './model'
import './chart.css'

const Board = lazy(() => import('./Board'))
const KEYS = { units: 'organization.unit', posts: 'organization.position' } as const

/** 组织架构: departments or posts as they stand on a day, drawn, and moved by dragging. */
export default function ChartPage() {
  const { t } = useTranslation()
  const phone = usePhone()
  const { resources } = useMeta()
  const [which, setWhich] = useState<Which>('units')
  const [on, setOn] = useState('')
  const [asList, setAsList] = useState(false)
  const [moving, setMoving] = useState<{ item: Item; above: Id | null } | null>(null)
  const { data, error } = useStructure(on)
  const key = KEYS[which]
  const items = useMemo(
    () => (data ? (which === 'units' ? unitItems(data, (count) => t('org.chart.people', { count })) : postItems(data)) : []),
    [data, which, t],
  )
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const past = data.on !== data.today
  const hand = {
    canMove: !past && !!resources[key]?.can.create,
    open: (item: Item) => openTab(docUrl(key, item.id)),
    move: (item: Item) => setMoving({ item, above: item.above }),
  }
  const kinds = [
    { value: 'units' as const, label: t('org.chart.units') },
    ...(data.positions ? [{ value: 'posts' as const, label: t('org.chart.posts') }] : []),
  ]
  return (
    <div className="orgpage">
      <header className="orgpage__head">
        <h1>{t('page.chart')}</h1>
        <Segmented value={which} onChange={setWhich} options={kinds} data-testid="org-which" />
        <DatePicker
          value={on ? dayjs(on) : null}
          placeholder={t('org.chart.today')}
          aria-label={t('org.chart.asOf')}
          onChange={(day) => setOn(day && !Array.isArray(day) ? day.format('YYYY-MM-DD') : '')}
        />
        {!phone && (
          <Button
            icon={asList ? <ApartmentOutlined /> : <UnorderedListOutlined />}
            aria-label={t(asList ? 'org.chart.drawn' : 'org.chart.listed')}
            title={t(asList ? 'org.chart.drawn' : 'org.chart.listed')}
            onClick={() => setAsList(!asList)}
          />
        )}
        {hand.canMove && (
          <Button icon={<PlusOutlined />} onClick={() => openTab(newUrl(key))}>
            {t('org.chart.add', { name: resources[key]?.label })}
          </Button>
        )}
        {hand.canMove && !phone && !asList && <span className="soft">{t('org.chart.hint')}</span>}
      </header>
      {past && <Alert type="info" title={t('org.chart.past', { day: data.on })} />}
      {items.length === 0 && <Empty description={t('org.chart.none')} />}
      {items.length > 0 &&
        (phone || asList ? (
          <IndentedTree items={items} {...hand} />
        ) : (
          <div className="panel orgboard" data-testid="orgboard">
            <Suspense fallback={<Waiting />}>
              <Board key={which} items={items} hand={hand} onDrop={(item, above) => setMoving({ item, above: above.id })} />
            </Suspense>
          </div>
        ))}
      {moving && (
        <MoveDialog key={moving.item.id} which={which} {...moving} items={items} today={data.today} onClose={() => setMoving(null)} />
      )}
    </div>
  )
}
