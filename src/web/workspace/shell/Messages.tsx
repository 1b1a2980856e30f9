import { Button, Drawer, Empty, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { usePages } from '@/api/queries'
import { formatAgo } from '@/shared/format'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { MESSAGES, type Message, openMessage, refreshMessages } from '../messages'
import { News } from '../notices/News'
import { openTab } from '../tabs'

function MessageRow({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const open = () => {
    if (message.link) onOpen()
    return openMessage(message)
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
  const { data, isPending, hasNextPage, fetchNextPage } = usePages<Message>(
    'messages',
    MESSAGES,
    which === 'unread' ? 'unread=1' : '',
    open,
  )
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const whole = () => {
    openTab('/w/page/messages')
    onClose()
  }
  const readAll = async () => {
    await post(`${MESSAGES}read-all/`)
    await refreshMessages()
  }
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={400}
      title={t('messages.title')}
      footer={
        <Button block data-testid="whole-inbox" onClick={whole}>
          {t('messages.whole')}
        </Button>
      }
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
