import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Empty, Input, Segmented, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { queryString, usePages } from '@/api/queries'
import type { Id, Rows } from '@/api/types'
import { type Saying, TakeUp } from '@/kit/attention/TakeUp'
import { Counted } from '@/shared/Counted'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { useKeys } from '@/shared/useKeys'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { handle, MESSAGES, type Message, openMessage, type Verb } from '@/workspace/messages'
import { MessageItem } from './MessageItem'
import { BOXES, type Box, KINDS, type Kind, needsReason, neighbour } from './model'
import '@/kit/feed/feed.css'
import './messages.css'

const Preferences = lazy(() => import('./Preferences'))
const KEYS = ['walk', 'tick', 'read', 'acknowledge', 'snooze', 'open'] as const
const LETTERS: Record<(typeof KEYS)[number], string> = { walk: 'j k', tick: 'x', read: 'e', acknowledge: 'a', snooze: 's', open: 'Enter' }

type Page = Rows<Message> & { unread: number; counts: Partial<Record<Kind, number>> }

/** 我的消息: everything that is for me in one place; read, taken up with a word, or put off. */
export default function MessagesPage() {
  const { t } = useTranslation()
  const phone = usePhone()
  const [box, setBox] = useState<Box>('inbox')
  const [kind, setKind] = useState<Kind[]>([])
  const [q, setQ] = useState('')
  const [current, setCurrent] = useState<Id | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<Id>>(new Set())
  const [saying, setSaying] = useState<Saying | null>(null)
  const [choosing, setChoosing] = useState(false)
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = usePages<Message>(
    'messages',
    MESSAGES,
    queryString({ box, kind, q }),
  )
  const pages = (data?.pages ?? []) as Page[]
  const rows = pages.flatMap((page) => page.rows)
  const chosen = rows.filter((row) => ticked.has(row.id))
  const here = rows.find((row) => row.id === current)
  const tick = (id: Id, mark: boolean) => setTicked(new Set(mark ? [...ticked, id] : [...ticked].filter((one) => one !== id)))
  const say = (messages: Message[], verb: Verb) => {
    if (messages.length === 0) return
    const ids = messages.map(({ id }) => id)
    if (verb === 'read' || verb === 'unread') void handle(verb, ids).then(() => setTicked(new Set()))
    else
      setSaying({
        verb,
        explained: verb === 'snooze' && needsReason(messages),
        run: (said) => handle(verb, ids, said).then(() => setTicked(new Set())),
      })
  }
  const walk = (step: 1 | -1) => {
    const next = neighbour(
      rows.map(({ id }) => id),
      current,
      step,
    )
    setCurrent(next)
    document.querySelector(`[data-message="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const these = chosen.length > 0 ? chosen : here ? [here] : []
  useKeys({
    j: () => walk(1),
    k: () => walk(-1),
    x: () => here && tick(here.id, !ticked.has(here.id)),
    e: () => say(these, 'read'),
    a: () => say(these, 'acknowledge'),
    s: () => say(these, 'snooze'),
    Enter: () => here && void openMessage(here),
  })
  const counts = pages[0]?.counts ?? {}
  return (
    <div className="feed">
      <header className="feed__top">
        <h1>{t('page.messages')}</h1>
        <Button icon={<SettingOutlined />} data-testid="preferences" onClick={() => setChoosing(true)}>
          {t('messages.preferences')}
        </Button>
      </header>
      <Segmented
        block={phone}
        value={box}
        data-testid="boxes"
        onChange={(next) => {
          setBox(next)
          setTicked(new Set())
        }}
        options={BOXES.map((value) => ({
          value,
          label: <Counted count={value === 'unread' ? (pages[0]?.unread ?? 0) : 0}>{t(`messages.box.${value}`)}</Counted>,
        }))}
      />
      {chosen.length > 0 ? (
        <div className="feed__batch" data-testid="batch">
          <Checkbox
            checked={chosen.length === rows.length}
            indeterminate={chosen.length < rows.length}
            onChange={({ target }) => setTicked(new Set(target.checked ? rows.map(({ id }) => id) : []))}
          >
            {t('messages.chosen', { count: chosen.length })}
          </Checkbox>
          <span>
            {(['read', 'acknowledge', 'snooze'] as const).map((verb) => (
              <Button key={verb} size="small" onClick={() => say(chosen, verb)}>
                {t(verb === 'read' ? 'messages.read' : `attention.${verb}`)}
              </Button>
            ))}
          </span>
        </div>
      ) : (
        <search className="feed__filters">
          <Input.Search
            allowClear
            placeholder={t('messages.find')}
            aria-label={t('messages.find')}
            onSearch={(text) => setQ(text.trim())}
          />
          <Select
            mode="multiple"
            allowClear
            maxTagCount="responsive"
            placeholder={t('messages.kinds')}
            aria-label={t('messages.kinds')}
            showSearch={byName}
            value={kind}
            options={KINDS.map((value) => ({
              value,
              label: counts[value] ? `${t(`messages.kind.${value}`)} (${counts[value]})` : t(`messages.kind.${value}`),
            }))}
            onChange={setKind}
          />
        </search>
      )}
      {error && <Trouble title={problemOf(error).detail} />}
      {isPending && !error && <Waiting />}
      {!isPending && !error && rows.length === 0 && (
        <Empty
          className="feed__empty"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(q || kind.length ? 'messages.nothing' : `messages.empty.${box}`)}
        />
      )}
      {rows.length > 0 && (
        <ul className="panel">
          {rows.map((message) => (
            <MessageItem
              key={message.id}
              message={message}
              current={message.id === current}
              ticked={ticked.has(message.id)}
              onTick={(mark) => tick(message.id, mark)}
              onSay={(verb) => say([message], verb)}
            />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {!phone && rows.length > 0 && (
        <p className="soft feed__keys">
          {KEYS.map((name) => (
            <span key={name}>
              {LETTERS[name].split(' ').map((letter) => (
                <kbd key={letter}>{letter}</kbd>
              ))}{' '}
              {t(`messages.keys.${name}`)}
            </span>
          ))}
        </p>
      )}
      {saying && <TakeUp saying={saying} onClose={() => setSaying(null)} />}
      {choosing && (
        <Suspense>
          <Preferences onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </div>
  )
}
