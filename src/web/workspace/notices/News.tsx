import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { formatAgo, formatPeriod } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { type NewsItem, takeNote, useNews } from './useNews'

const COLOURS = { notice: 'blue', release: 'green', maintenance: 'orange', training: 'cyan' } as const

export const when = ({ starts_at, ends_at }: NewsItem) => formatPeriod(starts_at, ends_at)

function NewsRow({ item, open, onOpen }: { item: NewsItem; open: boolean; onOpen: () => void }) {
  const { t } = useTranslation()
  return (
    <li>
      <button type="button" className={classes('message', !item.read && 'is-unread')} aria-expanded={open} onClick={onOpen}>
        <b>
          <Tag color={COLOURS[item.kind]}>{t(`news.${item.kind}`)}</Tag> {item.title}
        </b>
        <time dateTime={item.at}>{formatAgo(item.at)}</time>
        {open && item.kind === 'maintenance' && <span>{when(item)}</span>}
        {open && <span className="message__text">{item.text}</span>}
      </button>
      {open && item.link && (
        <a href={item.link} target="_blank" rel="noreferrer">
          {item.link}
        </a>
      )}
    </li>
  )
}

/** News of the platform above one's own messages; what has been opened is read. */
export function News({ unread }: { unread: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Id | null>(null)
  const rows = useNews().filter((item) => !unread || !item.read || item.id === open)
  if (rows.length === 0) return null
  const show = (item: NewsItem) => {
    setOpen(item.id === open ? null : item.id)
    void takeNote(item)
  }
  return (
    <section className="news" data-testid="news">
      <h3>{t('news.title')}</h3>
      <ul className="messages">
        {rows.map((item) => (
          <NewsRow key={item.id} item={item} open={item.id === open} onOpen={() => show(item)} />
        ))}
      </ul>
    </section>
  )
}
