import { useQuery } from '@tanstack/react-query'
import { App, Button, Drawer, Empty } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import type { Difference } from './model'

const COLOURS = { new: 'green', changed: 'blue', only_live: 'default' } as const

function Row({ row }: { row: Difference }) {
  const { t } = useTranslation()
  return (
    <li>
      <b>
        {row.title} · {row.label}
      </b>{' '}
      <Tag color={COLOURS[row.kind]}>{t(`company.kind.${row.kind}`)}</Tag>
      <dl className="facts">
        {row.changes.map((change) => (
          <div key={change.field}>
            <dt>{change.label}</dt>
            {change.old && <dd className="differences__old">{change.old}</dd>}
            <dd>{change.new || '—'}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

export interface Compared {
  rows: Difference[]
  digest: string
}

interface Props {
  title: string
  /** Under which name the comparison is kept while the drawer is open. */
  name: string | number
  load: () => Promise<Compared>
  carry: (digest: string) => Promise<{ count: number }>
  onClose: () => void
}

/** What of a configuration differs from the one here, and the button that carries it over: exactly what is shown. */
export function Differences({ title, name, load, carry: send, onClose }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const { data, error, refetch } = useQuery({ queryKey: ['company', 'differences', name], queryFn: load, staleTime: 0 })
  const carried = data?.rows.filter((row) => row.kind !== 'only_live') ?? []
  const carry = async () => {
    setBusy(true)
    try {
      const { count } = await send(data?.digest ?? '')
      void message.success(t('company.carried', { count }))
      await refreshAll([])
      onClose()
    } catch (refused) {
      void message.error(problemOf(refused).detail)
      await refetch()
    }
    setBusy(false)
  }
  return (
    <Drawer
      open
      onClose={onClose}
      size={640}
      title={title}
      extra={
        <Button type="primary" loading={busy} disabled={carried.length === 0} onClick={() => void carry()} data-testid="promote">
          {t('company.carry', { count: carried.length })}
        </Button>
      }
    >
      {error && <Trouble title={problemOf(error).detail} />}
      {!data && !error && <Waiting />}
      {data?.rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('company.same')} />}
      <ul className="differences">
        {data?.rows.map((row) => (
          <Row key={`${row.resource} ${row.label}`} row={row} />
        ))}
      </ul>
    </Drawer>
  )
}
