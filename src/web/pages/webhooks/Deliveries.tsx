import { ReloadOutlined } from '@ant-design/icons'
import { App, Button, Empty } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, usePages } from '@/api/queries'
import type { Doc } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { More } from '@/shared/More'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type Delivery, documentOf, outcomeOf, pretty, URL } from './model'
import './webhooks.css'

const COLOURS = { delivered: 'green', waiting: 'gold', failed: 'red' } as const
const NAME = 'deliveries'
const SOON = 2000

function Row({ row, address, again }: { row: Delivery; address: string; again: () => void }) {
  const { t } = useTranslation()
  const outcome = outcomeOf(row)
  const document = documentOf(row.body)
  return (
    <li data-testid="delivery">
      <details>
        <summary>
          <Tag color={COLOURS[outcome]}>{t(`webhook.outcome.${outcome}`)}</Tag>
          <b>{row.kind}</b>
          <span>{document?.label}</span>
          <span className="soft">{row.status ?? '—'}</span>
          <time dateTime={row.created_at}>{formatDateTime(row.created_at)}</time>
        </summary>
        <dl className="facts">
          <div>
            <dt>{t('webhook.attempts')}</dt>
            <dd>
              {row.attempts}
              {row.next_at && ` · ${t('webhook.next', { when: formatDateTime(row.next_at) })}`}
              {row.delivered_at && ` · ${t('webhook.deliveredAt', { when: formatDateTime(row.delivered_at) })}`}
            </dd>
          </div>
          {document && (
            <div>
              <dt>{t('webhook.document')}</dt>
              <dd>
                <TabLink to={docUrl(document._key, document.id)}>{document.label}</TabLink>
              </dd>
            </div>
          )}
          <div>
            <dt>{t('webhook.request', { address })}</dt>
            <dd>
              <pre>{pretty(row.body)}</pre>
            </dd>
          </div>
          <div>
            <dt>{t('webhook.answer', { status: row.status ?? '—' })}</dt>
            <dd>
              <pre>{row.answer || t('webhook.noAnswer')}</pre>
            </dd>
          </div>
        </dl>
        <Button size="small" data-testid="again" onClick={again}>
          {t('webhook.again')}
        </Button>
      </details>
    </li>
  )
}

/** What was told to this address, what it answered, and what is still to come. */
export function Deliveries({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const url = `${URL}${doc.id}/deliveries/`
  const pages = usePages<Delivery>(NAME, url)
  const { data, error, isPending, isFetching } = pages
  const refresh = () => queryClient.invalidateQueries({ queryKey: [NAME, url] })
  const again = async (row: Delivery) => {
    try {
      await post(`${url}${row.id}/again/`)
      void message.success(t('webhook.againSaid'))
      await refresh()
    } catch (refused) {
      void message.error(problemOf(refused).detail)
    }
  }
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const underWay = data?.pages[0]?.rows.some((row) => outcomeOf(row) === 'waiting' && row.status === null && !row.answer) ?? false
  useEffect(() => {
    if (!underWay) return
    const timer = setInterval(() => void queryClient.invalidateQueries({ queryKey: [NAME, url] }), SOON)
    return () => clearInterval(timer)
  }, [underWay, url])
  return (
    <section className="panel section" data-testid="deliveries">
      <h2 className="deliveries__head">
        {t('webhook.deliveries')}
        <Button size="small" loading={isFetching} icon={<ReloadOutlined />} onClick={() => void refresh()}>
          {t('webhook.refresh')}
        </Button>
      </h2>
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {isPending && <Waiting />}
      {data && rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('webhook.none')} />}
      <ul className="deliveries">
        {rows.map((row) => (
          <Row key={row.id} row={row} address={String(doc.url)} again={() => void again(row)} />
        ))}
      </ul>
      <More pages={pages} />
    </section>
  )
}
