import { Button, Drawer, Empty, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { queryClient, usePages } from '@/api/queries'
import type { Message } from '@/api/types'
import { formatAgo } from '@/shared/format'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { News } from '../notices/News'
import { docUrl } from '../route'
import { openTab } from '../tabs'

const URL = '/api/v1/me/messages/'
/** What a message may point to that is no document. */
const OWN_PAGES: Record<string, string> = { job: '/w/page/jobs', company: '/w/page/company' }

const refresh = () =>
  Promise.all([queryClient.invalidateQueries({ queryKey: ['messages'] }), queryClient.invalidateQueries({ queryKey: ['meta'] })])

function MessageRow({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const open = async () => {
    if (message.link) {
      openTab(OWN_PAGES[message.link._key] ?? docUrl(message.link._key, message.link.id))
      onOpen()
    }
    if (!message.read) {
      await post(`${URL}${message.id}/read/`)
      await refresh()
    }
  }
  return (
    <li>
      <button type="button" className={classes('message', !message.read && 'is-unread')} onClick={() => void open()}>
        <b>{message.title}</b>
        <time dateTime={message.at}>{formatAgo(message.at)}</time>
        <span>{message.text}</span>
      </button>
    </li>
  )
}

export default function Messages({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const [which, setWhich] = useState('unread')
  const { data, isPending, hasNextPage, fetchNextPage } = usePages<Message>('messages', URL, which === 'unread' ? 'unread=1' : '', open)
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const readAll = async () => {
    await post(`${URL}read-all/`)
    await refresh()
  }
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={400}
      title={t('messages.title')}
      extra={
        <Button type="text" size="small" disabled={!rows.some((row) => !row.read)} onClick={() => void readAll()}>
          {t('messages.readAll')}
        </Button>
      }
    >
      <Segmented
        value={which}
        onChange={setWhich}
        options={[
          { value: 'unread', label: t('messages.unread') },
          { value: 'all', label: t('messages.all') },
        ]}
      />
      <News unread={which === 'unread'} />
      {isPending ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('messages.none')} />
      ) : (
        <ul className="messages">
          {rows.map((message) => (
            <MessageRow key={message.id} message={message} onOpen={onClose} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button block onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Drawer>
  )
}
