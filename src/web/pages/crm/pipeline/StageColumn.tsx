import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatShare, formatShortMoney } from '@/shared/format'
import { classes } from '@/shared/text'
import { type Deal, type Stage, total } from '../model'
import { DealCard } from './DealCard'

interface Props {
  stage: Stage
  stages: Stage[]
  deals: Deal[]
  today: string
  /** A card carried by a finger is over it. */
  reached: boolean
  onMove: (deal: Deal, stage: Stage) => Promise<void>
}

export function StageColumn({ stage, stages, deals, today, reached, onMove }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLElement>(null)
  const [over, setOver] = useState(false)
  const latest = useRef(onMove)
  latest.current = onMove
  useEffect(() => {
    const element = box.current
    if (!element) return
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => 'deal' in source.data && (source.data.deal as Deal).stage?.id !== stage.id,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        void latest.current(source.data.deal as Deal, stage)
      },
    })
  }, [stage])
  const hidden = deals.some((deal) => deal.amount === null || deal.amount === '•••')
  return (
    <section
      ref={box}
      className={classes('stage', (over || reached) && 'is-over')}
      aria-label={stage.name}
      data-stage={stage.id}
      data-testid={`stage-${stage.name}`}
    >
      <h2>
        {stage.name} <span className="soft num">{formatShare(Number(stage.probability) / 100, 0)}</span>
      </h2>
      <p className="soft num">
        {t('crm.deals', { count: deals.length })}
        {!hidden && deals.length > 0 && ` · ${formatShortMoney(total(deals.map((deal) => deal.amount)))}`}
      </p>
      <ul>
        {deals.map((deal) => (
          <DealCard key={deal.id} deal={deal} stage={stage} stages={stages} today={today} onMove={onMove} />
        ))}
      </ul>
      {deals.length === 0 && <p className="stage__empty soft">{t('crm.stageEmpty')}</p>}
    </section>
  )
}
