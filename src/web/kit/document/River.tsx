import { Button, Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePages } from '@/api/queries'
import type { StreamEvent } from '@/api/types'
import { formatAgo, formatDateTime } from '@/shared/format'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { TabLink } from '@/workspace/TabLink'
import './document.css'

const MOST_CHANGES = 6

function EventRow({ event, self }: { event: StreamEvent; self: string }) {
  const changes = event.changes ?? []
  return (
    <li className={`river__event is-${event.kind}`}>
      <div className="river__head">
        <b>{event.title}</b>
        <time dateTime={event.at} title={formatDateTime(event.at)}>
          {formatAgo(event.at)}
        </time>
      </div>
      {event.by && <span className="soft">{event.by.label}</span>}
      {event.text && <p>{event.text}</p>}
      {changes.length > 0 && (
        <ul className="river__changes">
          {changes.slice(0, MOST_CHANGES).map((change) => (
            <li key={change.field}>
              {change.label} {change.from && <del>{change.from}</del>} <ins>{change.to || '—'}</ins>
            </li>
          ))}
          {changes.length > MOST_CHANGES && <li>…</li>}
        </ul>
      )}
      {event.subject && `${event.subject._key} ${event.subject.id}` !== self && (
        <p>
          <TabLink to={docUrl(event.subject._key, event.subject.id)}>{event.subject.label}</TabLink>
        </p>
      )}
    </li>
  )
}

/** 数据河: everything that happened to a document, newest first, fed by the documents themselves. */
export function River({ url, query }: { url: string; query?: string }) {
  const { t } = useTranslation()
  const { key, id } = useTab()
  const { data, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = usePages<StreamEvent>('events', url, query)
  if (isPending) return <Waiting />
  const events = data?.pages.flatMap((page) => page.rows) ?? []
  if (events.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('side.noEvents')} />
  return (
    <>
      <ol className="river" data-testid="river">
        {events.map((event) => (
          <EventRow key={event.id} event={event} self={`${key} ${id}`} />
        ))}
      </ol>
      {hasNextPage && (
        <Button block size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
