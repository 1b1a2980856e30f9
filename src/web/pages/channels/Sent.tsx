import { ReloadOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Empty } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, usePages } from '@/api/queries'
import type { Doc, Id, RefValue } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { More } from '@/shared/More'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import { CHANNELS } from './useWays'

interface Outgoing {
  id: Id
  title: string
  text: string
  address: string
  member: RefValue | null
  attempts: number
  answer: string
  /** Why a mail that had been taken came back. */
  why: string
  receipt: string
  created_at: string
  sent_at: string | null
  next_at: string | null
}

const outcome = ({ sent_at, next_at }: Outgoing) => (sent_at ? 'sent' : next_at ? 'waiting' : 'failed')
const COLOURS = { sent: 'green', waiting: 'gold', failed: 'red' }

/** What went by this channel, what waits, and what was given up. */
export function Sent({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [failed, setFailed] = useState(false)
  const url = `${CHANNELS}${doc.id}/sent/`
  const pages = usePages<Outgoing>('sent', url, failed ? 'failed=1' : '')
  const { data, error, isPending, isFetching } = pages
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['sent', url] })
  const again = async (ids?: Id[]) => {
    try {
      await post(`${CHANNELS}${doc.id}/again/`, ids ? { ids } : {})
      await refresh()
    } catch (refused) {
      void message.error(problemOf(refused).detail)
    }
  }
  return (
    <section className="panel section" data-testid="sent">
      <h2 className="sent__head">
        {t('channel.sent')}
        <span>
          <Checkbox checked={failed} onChange={({ target }) => setFailed(target.checked)}>
            {t('channel.failedOnly')}
          </Checkbox>
          {failed && rows.length > 0 && (
            <Button size="small" onClick={() => void again()}>
              {t('channel.allAgain')}
            </Button>
          )}
          <Button
            size="small"
            icon={<ReloadOutlined />}
            loading={isFetching}
            aria-label={t('webhook.refresh')}
            onClick={() => void refresh()}
          />
        </span>
      </h2>
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {isPending && <Waiting />}
      {data && rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('channel.none')} />}
      <ul className="sent">
        {rows.map((row) => (
          <li key={row.id} data-testid="sent-row">
            <Tag color={COLOURS[outcome(row)]}>{t(`channel.outcome.${outcome(row)}`)}</Tag>
            <b>{row.title}</b>
            <span className="soft">
              {row.member?.label} · {row.address}
            </span>
            <time dateTime={row.created_at}>{formatDateTime(row.created_at)}</time>
            {(row.answer || row.receipt) && (
              <span className="sent__answer">
                {[row.why, row.answer].filter(Boolean).join(' ') || t('channel.receipt', { receipt: row.receipt })}
              </span>
            )}
            {row.next_at && row.attempts > 0 && <span className="soft">{t('webhook.next', { when: formatDateTime(row.next_at) })}</span>}
            {outcome(row) === 'failed' && (
              <Button size="small" onClick={() => void again([row.id])}>
                {t('channel.again')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </section>
  )
}
