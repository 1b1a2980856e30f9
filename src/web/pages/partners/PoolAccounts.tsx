import { useInfiniteQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Empty, Input } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { queryString, refreshAll } from '@/api/queries'
import type { Id } from '@/api/types'
import { More } from '@/shared/More'
import { useDebounced } from '@/shared/useDebounced'
import { Waiting } from '@/shared/Waiting'
import type { Account } from './model'

const Pack = lazy(() => import('./Pack'))

interface Page {
  rows: Account[]
  next: number | null
}

/** Accounts in nobody's hands: looked at within a quota, claimed one or many. */
export function PoolAccounts({ pool }: { pool: Id }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [text, setText] = useState('')
  const [ticked, setTicked] = useState<Id[]>([])
  const [open, setOpen] = useState<Account | null>(null)
  const [busy, setBusy] = useState(false)
  const q = useDebounced(text, 250)
  const url = `/api/v1/partners/pools/${pool}/accounts/`
  const pages = useInfiniteQuery({
    queryKey: ['pool', url, q],
    queryFn: ({ pageParam }) => get<Page>(`${url}?${queryString({ q, before: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (last) => (last.next ? String(last.next) : undefined),
    placeholderData: (before) => before,
  })
  const { data, error } = pages
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const claim = async (accounts: Id[]) => {
    setBusy(true)
    try {
      await post(`/api/v1/partners/pools/${pool}/claim/`, { accounts })
      setTicked([])
      setOpen(null)
      void message.success(t('partner.pool.claimed', { count: accounts.length }))
      await refreshAll()
    } catch (refusal) {
      void message.error(problemOf(refusal).detail)
    } finally {
      setBusy(false)
    }
  }
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={6} />
  return (
    <section className="panel section pool" data-testid="pool">
      <header>
        <Input.Search allowClear placeholder={t('partner.pool.find')} value={text} onChange={(event) => setText(event.target.value)} />
        <Button type="primary" disabled={ticked.length === 0} loading={busy} onClick={() => void claim(ticked)} data-testid="claim">
          {t('partner.pool.claim', { count: ticked.length })}
        </Button>
      </header>
      {rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(q ? 'partner.pool.noMatch' : 'partner.pool.empty')} />
      ) : (
        <ul>
          {rows.map((row) => (
            <li key={row.id}>
              <Checkbox
                aria-label={row.name}
                disabled={row.waits}
                checked={ticked.includes(row.id)}
                onChange={({ target }) => setTicked(target.checked ? [...ticked, row.id] : ticked.filter((one) => one !== row.id))}
              />
              <button type="button" className="pool__name" onClick={() => setOpen(row)}>
                <b>{row.name}</b>
                <span className="soft">{[row.grade, row.industry, row.region || row.place].filter(Boolean).join(' · ')}</span>
              </button>
              <span className="soft num">{row.phone}</span>
              <span className="soft">
                {row.waits
                  ? t('partner.pool.waits', { day: row.free_on })
                  : row.active_on
                    ? t('partner.pool.last', { day: row.active_on })
                    : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
      <More pages={pages} />
      <Suspense>
        {open && <Pack pool={pool} account={open} busy={busy} onClaim={() => void claim([open.id])} onClose={() => setOpen(null)} />}
      </Suspense>
    </section>
  )
}
