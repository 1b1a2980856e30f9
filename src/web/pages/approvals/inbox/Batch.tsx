import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { ActionMeta, Description, Doc } from '@/api/types'
import { asking } from '@/kit/approval/model'
import BulkDialog from '@/kit/list/BulkDialog'
import { formatCurrency } from '@/shared/format'
import { type Card, total } from './model'

interface Props {
  description: Description
  cards: Card[]
  onEnd: () => void
}

/** Many at once, with what they come to; those that want a signature are decided one by one. */
export function Batch({ description, cards, onEnd }: Props) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const [verb, setVerb] = useState<ActionMeta | null>(null)
  const signed = cards.filter((card) => card.signature).length
  const sum = total(cards)
  const told = [t('inbox.chosen', { count: cards.length }), sum && t('inbox.total', { sum: formatCurrency(sum, company.currency) })]
    .filter(Boolean)
    .join(' · ')
  const verbs = Object.values(description.actions).filter(
    (action) => action.bulk && cards.every((card) => card.actions.includes(action.verb)),
  )
  const selected = new Map(cards.map((card) => [card.id, { id: card.id, version: card.version } as Doc]))
  return (
    <div className="feed__batch" data-testid="batch">
      <b>{told}</b>
      {signed > 0 && <span className="soft">{t('inbox.signedApart', { count: signed })}</span>}
      <span>
        {signed === 0 &&
          verbs.map((action) => (
            <Button
              key={action.verb}
              type={action.style === 'primary' ? 'primary' : 'default'}
              danger={action.style === 'danger'}
              data-testid={`batch-${action.verb}`}
              onClick={() => setVerb(action)}
            >
              {action.label}
            </Button>
          ))}
        <Button type="text" onClick={onEnd}>
          {t('bulk.clear')}
        </Button>
      </span>
      {verb && (
        <BulkDialog
          description={description}
          verb={{ ...verb, help: told, params: asking(verb.params, { signature: false }) }}
          selected={selected}
          onClose={() => setVerb(null)}
          onDone={onEnd}
        />
      )}
    </div>
  )
}
