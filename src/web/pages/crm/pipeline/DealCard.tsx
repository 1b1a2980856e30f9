import { MoreOutlined } from '@ant-design/icons'
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { Button, Dropdown } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { formatShortMoney } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type Deal, daysBetween, isLate, isStuck, type Stage, stageBeside } from '../model'

interface Props {
  deal: Deal
  stage: Stage
  stages: Stage[]
  today: string
  onMove: (deal: Deal, stage: Stage) => Promise<void>
}

export function DealCard({ deal, stage, stages, today, onMove }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLLIElement>(null)
  useEffect(() => {
    const element = box.current
    return element ? draggable({ element, getInitialData: () => ({ deal }) }) : undefined
  }, [deal])
  const step = (by: number) => {
    const to = stageBeside(stages, stage.id, by)
    if (to) void onMove(deal, to)
  }
  return (
    <li
      ref={box}
      className="deal"
      data-testid="deal"
      data-deal={deal.id}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (!event.altKey || !by) return
        event.preventDefault()
        step(by)
      }}
    >
      <TabLink to={docUrl('crm.opportunity', deal.id)}>{deal.title}</TabLink>
      <Dropdown
        trigger={['click']}
        menu={{
          items: stages
            .filter((one) => one.id !== stage.id)
            .map((one) => ({ key: String(one.id), label: t('crm.moveTo', { stage: one.name }) })),
          onClick: ({ key }) => {
            const to = stages.find((one) => String(one.id) === key)
            if (to) void onMove(deal, to)
          },
        }}
      >
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t('crm.move', { title: deal.title })} />
      </Dropdown>
      <span className="deal__customer soft">{deal.customer?.label}</span>
      <b className="num">{deal.amount === null ? '' : formatShortMoney(deal.amount)}</b>
      <span className="deal__foot">
        <span className="soft">{deal.owner?.label}</span>
        {isStuck(deal, stage, today) && <Tag color="gold">{t('crm.stuck', { count: daysBetween(deal.stage_since ?? today, today) })}</Tag>}
        {deal.expected_on && <Tag color={isLate(deal, today) ? 'red' : 'default'}>{deal.expected_on}</Tag>}
      </span>
    </li>
  )
}
