import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { LEVEL_COLOURS } from '@/kit/attention/levels'
import { formatAgo, formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { type Message, openMessage, type Verb } from '@/workspace/messages'
import { KIND_COLOURS } from './model'

interface Props {
  message: Message
  current: boolean
  ticked: boolean
  onTick: (mark: boolean) => void
  onSay: (verb: Verb) => void
}

/** One message: from what it comes, what it says, and what can be said to it. */
export function MessageItem({ message, current, ticked, onTick, onSay }: Props) {
  const { t } = useTranslation()
  const { title, text, kind, level, link, read, ack, acknowledged_at, reason, snoozed_until } = message
  return (
    <li className={classes('feed__row mail', !read && 'is-unread', current && 'is-current')} data-message={message.id} data-testid="mail">
      <Checkbox checked={ticked} aria-label={t('messages.choose', { title })} onChange={({ target }) => onTick(target.checked)} />
      <div className="feed__body">
        <p className="mail__head">
          <Tag color={level ? LEVEL_COLOURS[level] : KIND_COLOURS[kind]}>{t(`messages.kind.${kind}`)}</Tag>
          {link ? (
            <button type="button" className="mail__title" onClick={() => void openMessage(message)}>
              {title}
            </button>
          ) : (
            <b className="mail__title">{title}</b>
          )}
          <time dateTime={message.at} title={formatDateTime(message.at)}>
            {formatAgo(message.at)}
          </time>
        </p>
        {text && <p className="mail__text">{text}</p>}
        {(acknowledged_at || snoozed_until) && (
          <p className="soft">
            {acknowledged_at
              ? t('messages.taken', { when: formatAgo(acknowledged_at) })
              : t('messages.off', { when: formatDateTime(snoozed_until) })}
            {reason && ` “${reason}”`}
          </p>
        )}
      </div>
      <span className="feed__tools">
        {ack && !acknowledged_at && (
          <Button size="small" onClick={() => onSay('acknowledge')}>
            {t('attention.acknowledge')}
          </Button>
        )}
        <Button size="small" type="text" onClick={() => onSay('snooze')}>
          {t('attention.snooze')}
        </Button>
        <Button size="small" type="text" onClick={() => onSay(read ? 'unread' : 'read')}>
          {t(read ? 'messages.keepUnread' : 'messages.read')}
        </Button>
      </span>
    </li>
  )
}
