import { DownOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import type { ActionMeta } from '@/api/types'
import { VerbButton } from '@/shared/VerbButton'
import { type Decision, DecisionDialog } from './DecisionDialog'
import { type Approval, ordered } from './model'

type Offer = ActionMeta & Pick<Decision, 'on'> & { blocked?: string }
/** Shown as buttons of their own; the rest stands in a menu. */
const PLAIN = ['agree', 'refuse', 'withdraw', 'resubmit']

/** What I may do about a document that is being decided. */
export default function DecideButtons({ approval }: { approval: Approval }) {
  const { t } = useTranslation()
  const { data: task } = useDescription('approvals.task')
  const { data: whole } = useDescription('approvals.approval')
  const { message } = App.useApp()
  const [decision, setDecision] = useState<Decision | null>(null)
  const offers: Offer[] = [
    ...ordered(task?.actions, approval.task_actions).map((action) => ({ ...action, on: 'approvals.task' as const })),
    ...ordered(whole?.actions, [...approval.actions, ...Object.keys(approval.blocked)]).map((action) => ({
      ...action,
      on: 'approvals.approval' as const,
      blocked: approval.blocked[action.verb],
    })),
  ]
  const begin = ({ on, verb }: Offer) => {
    const mine = on === 'approvals.task'
    setDecision({
      on,
      verb,
      id: (mine ? approval.task : approval.id) ?? 0,
      version: (mine ? approval.task_version : approval.version) ?? 0,
      signature: approval.signature,
      choose: approval.choose,
      approval: approval.id,
    })
  }
  const plain = offers.filter(({ verb }) => PLAIN.includes(verb))
  const rest = offers.filter(({ verb }) => !PLAIN.includes(verb))
  const items = rest.map((offer) => ({
    key: `${offer.on} ${offer.verb}`,
    label: (
      <span data-testid={`decide-${offer.verb}`} className={offer.blocked && 'is-blocked'} title={offer.blocked}>
        {offer.label}
      </span>
    ),
    danger: offer.style === 'danger',
    onClick: () => (offer.blocked ? void message.info(offer.blocked) : begin(offer)),
  }))
  return (
    <>
      {rest.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
          <Button icon={<DownOutlined />} iconPlacement="end" data-testid="decide-more">
            {t('approval.more')}
          </Button>
        </Dropdown>
      )}
      {plain.toReversed().map((offer) => (
        <VerbButton
          key={`${offer.on} ${offer.verb}`}
          blocked={offer.blocked}
          type={offer.verb === 'agree' ? 'primary' : 'default'}
          danger={offer.style === 'danger'}
          className="decide"
          title={offer.help}
          data-testid={`decide-${offer.verb}`}
          onClick={() => begin(offer)}
        >
          {offer.label}
        </VerbButton>
      ))}
      {decision && <DecisionDialog decision={decision} onClose={() => setDecision(null)} />}
    </>
  )
}
