import { Button, Checkbox, Empty, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useDescription, useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import { type Decision, DecisionDialog } from '@/kit/approval/DecisionDialog'
import { Counted } from '@/shared/Counted'
import { byName } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { usePhone } from '@/shared/useMedia'
import { Waiting } from '@/shared/Waiting'
import { openTab } from '@/workspace/tabs'
import { Batch } from './Batch'
import { InboxCard } from './InboxCard'
import { type Asked, BOXES, type Box, type Card, type Counts, placeOf, stepped } from './model'
import { useCounts, useInbox } from './useInbox'
import { useInboxKeys } from './useInboxKeys'
import '@/kit/feed/feed.css'
import './inbox.css'

const EVERYTHING: Asked = { q: '', resource: '', late: false }

function Boxes({ box, counts, choose }: { box: Box; counts: Counts | undefined; choose: (box: Box) => void }) {
  const { t } = useTranslation()
  const phone = usePhone()
  const count = (name: Box) => (name === 'waiting' ? counts?.waiting : name === 'copied' ? counts?.copied : 0) ?? 0
  return (
    <Segmented
      block={phone}
      value={box}
      onChange={choose}
      data-testid="boxes"
      options={BOXES.map((value) => ({ value, label: <Counted count={count(value)}>{t(`inbox.box.${value}`)}</Counted> }))}
    />
  )
}

function Filters({ asked, ask }: { asked: Asked; ask: (next: Asked) => void }) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const kinds = Object.entries(resources).filter(([, resource]) => resource.approval)
  return (
    <search className="feed__filters">
      <Input.Search
        allowClear
        placeholder={t('inbox.find')}
        aria-label={t('inbox.find')}
        onSearch={(q) => ask({ ...asked, q: q.trim() })}
      />
      <Select
        allowClear
        placeholder={t('inbox.kind')}
        aria-label={t('inbox.kind')}
        popupMatchSelectWidth={false}
        showSearch={byName}
        options={kinds.map(([value, { label }]) => ({ value, label }))}
        onChange={(resource?: string) => ask({ ...asked, resource: resource ?? '' })}
      />
      <Checkbox checked={asked.late} onChange={({ target }) => ask({ ...asked, late: target.checked })}>
        {t('inbox.late')}
      </Checkbox>
    </search>
  )
}

/** 我的审批: everything that waits for me, what I decided, began, or was told of; decided on the spot. */
export default function InboxPage() {
  const { t } = useTranslation()
  const phone = usePhone()
  const [box, setBox] = useState<Box>('waiting')
  const [asked, ask] = useState(EVERYTHING)
  const [current, setCurrent] = useState<Id | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<Id>>(new Set())
  const [decision, setDecision] = useState<Decision | null>(null)
  const on = box === 'started' ? 'approvals.approval' : 'approvals.task'
  const { data: description } = useDescription(on)
  const counts = useCounts()
  const { cards, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInbox(box, asked)
  const chosen = cards.filter((card) => ticked.has(card.id))
  const tick = (id: Id, mark: boolean) => setTicked(new Set(mark ? [...ticked, id] : [...ticked].filter((one) => one !== id)))
  const decide = (card: Card | undefined, verb: string) => {
    if (!card?.actions.includes(verb)) return
    const { id, version, signature, choose, approval } = card
    setDecision({ on, id, version, verb, signature, choose, approval })
  }
  const here = cards.find((card) => card.id === current)
  const walk = (step: 1 | -1) => {
    const next = stepped(
      cards.map((card) => card.id),
      current,
      step,
    )
    setCurrent(next)
    document.querySelector(`[data-card="${next}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  useInboxKeys({
    j: () => walk(1),
    k: () => walk(-1),
    a: () => decide(here, 'agree'),
    r: () => decide(here, 'refuse'),
    x: () => here && tick(here.id, !ticked.has(here.id)),
    Enter: () => here && openTab(placeOf(here)),
  })
  return (
    <div className="feed">
      <h1>{t('page.approvals')}</h1>
      <Boxes
        box={box}
        counts={counts}
        choose={(next) => {
          setBox(next)
          setCurrent(null)
          setTicked(new Set())
        }}
      />
      {chosen.length > 0 && description ? (
        <Batch description={description} cards={chosen} onEnd={() => setTicked(new Set())} />
      ) : (
        <Filters asked={asked} ask={ask} />
      )}
      {error && <Trouble title={problemOf(error).detail} />}
      {isPending && !error && <Waiting />}
      {!isPending && cards.length === 0 && !error && (
        <Empty
          className="feed__empty"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t(asked === EVERYTHING ? `inbox.none.${box}` : 'inbox.nothing')}
        />
      )}
      <ul className="inbox__cards">
        {cards.map((card) => (
          <InboxCard
            key={card.id}
            card={card}
            actions={description?.actions}
            current={card.id === current}
            ticked={box === 'waiting' ? ticked.has(card.id) : null}
            onTick={(mark) => tick(card.id, mark)}
            onDecide={(verb) => decide(card, verb)}
          />
        ))}
      </ul>
      {hasNextPage && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {!phone && cards.length > 0 && (
        <p className="soft feed__keys">
          <kbd>j</kbd> <kbd>k</kbd> {t('inbox.keys.walk')} · <kbd>a</kbd> {t('inbox.keys.agree')} · <kbd>r</kbd> {t('inbox.keys.refuse')} ·{' '}
          <kbd>x</kbd> {t('inbox.keys.tick')} · <kbd>Enter</kbd> {t('inbox.keys.open')}
        </p>
      )}
      {decision && <DecisionDialog decision={decision} onClose={() => setDecision(null)} />}
    </div>
  )
}
