import { DownOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { ActionMeta } from '@/api/types'
import { ordered } from '@/kit/approval/model'
import { formatAgo, formatCurrency, formatDateTime, formatList } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { VerbButton } from '@/shared/VerbButton'
import { TabLink } from '@/workspace/TabLink'
import { type Card, placeOf } from './model'

interface Props {
  card: Card
  actions: Record<string, ActionMeta> | undefined
  current: boolean
  ticked: boolean | null
  onTick: (on: boolean) => void
  onDecide: (verb: string) => void
}

const PLAIN = ['agree', 'refuse', 'read', 'withdraw', 'urge', 'resubmit']

function Buttons({ card, actions, onDecide }: Pick<Props, 'card' | 'actions' | 'onDecide'>) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const blocked = card.blocked ?? {}
  const offers = ordered(actions, [...card.actions, ...Object.keys(blocked)])
  const plain = offers.filter(({ verb }) => PLAIN.includes(verb))
  const rest = offers.filter(({ verb }) => !PLAIN.includes(verb))
  if (offers.length === 0) return null
  const items = rest.map(({ verb, label, style }) => ({
    key: verb,
    label: blocked[verb] ? <span className="is-blocked">{label}</span> : label,
    danger: style === 'danger',
    onClick: () => (blocked[verb] ? void message.info(blocked[verb]) : onDecide(verb)),
  }))
  return (
    <div className="icard__buttons">
      {rest.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t('approval.more')}
          </Button>
        </Dropdown>
      )}
      {plain.toReversed().map(({ verb, label, style }) => (
        <VerbButton
          key={verb}
          blocked={blocked[verb]}
          type={verb === 'agree' ? 'primary' : 'default'}
          danger={style === 'danger'}
          data-testid={`card-${verb}`}
          onClick={() => onDecide(verb)}
        >
          {label}
        </VerbButton>
      ))}
    </div>
  )
}

/** What one decides by, and the buttons to decide with. */
export function InboxCard({ card, actions, current, ticked, onTick, onDecide }: Props) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const { document } = card
  const waiting = formatList((card.waiting_for ?? []).map(({ label }) => label))
  return (
    <li className={classes('panel icard', current && 'is-current', card.late && 'is-late')} data-testid="card" data-card={card.id}>
      <header>
        {ticked !== null && (
          <Checkbox
            checked={ticked}
            aria-label={t('inbox.tick', { name: document.label })}
            onChange={({ target }) => onTick(target.checked)}
          />
        )}
        <span className="icard__name">
          <small>
            {card.resource_label} · {card.verb_label}
          </small>
          <TabLink to={placeOf(card)}>{document.label}</TabLink>
        </span>
        {card.amount !== null && <b className="num">{formatCurrency(card.amount, company.currency)}</b>}
      </header>
      <dl>
        {card.facts.map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd title={text}>{text}</dd>
          </div>
        ))}
      </dl>
      {card.comment && <q>{card.comment}</q>}
      <footer>
        <p>
          <Tag color={card.color}>{card.state_label}</Tag>
          {card.node_name && <span>{card.node_name}</span>}
          {waiting && <span>{t('approval.with', { people: waiting })}</span>}
          <span>{t('inbox.by', { name: card.by.label })}</span>
          <time dateTime={card.decided_at ?? card.since}>{formatAgo(card.decided_at ?? card.since)}</time>
          {card.due && !card.decided_at && (
            <span className={classes(card.late && 'is-overdue')}>
              {t(card.late ? 'approval.late' : 'approval.due', { when: formatDateTime(card.due) })}
            </span>
          )}
        </p>
        <Buttons card={card} actions={actions} onDecide={onDecide} />
      </footer>
    </li>
  )
}
