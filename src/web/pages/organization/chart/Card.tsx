import { Handle, type NodeProps, Position } from '@xyflow/react'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import type { Item } from './model'

export interface Hand {
  open: (item: Item) => void
  move: (item: Item) => void
  target: Id | null
  canMove: boolean
}

export const HandContext = createContext<Hand>({ open: () => undefined, move: () => undefined, target: null, canMove: false })

/** What a card says: its name, who is there, and what is still to be filled. */
export function Face({ item }: { item: Item }) {
  const { t } = useTranslation()
  return (
    <>
      <b>{item.name}</b>
      <span className="soft">{[item.people.join('、'), item.note].filter(Boolean).join(' · ')}</span>
      {item.vacant > 0 && <Tag color="orange">{t('org.chart.vacant', { count: item.vacant })}</Tag>}
    </>
  )
}

export function Card({ data, dragging }: NodeProps) {
  const { t } = useTranslation()
  const hand = useContext(HandContext)
  const item = data.item as Item
  return (
    <div className={classes('orgcard', hand.target === item.id && 'is-target', dragging && 'is-dragged')} data-testid="orgcard">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        className="orgcard__face"
        aria-label={`${item.name} ${item.people.join(' ')}`}
        title={hand.canMove ? t('org.chart.keys') : item.name}
        onClick={() => hand.open(item)}
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === 'm' && hand.canMove) {
            event.preventDefault()
            hand.move(item)
          }
        }}
      >
        <Face item={item} />
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  )
}
