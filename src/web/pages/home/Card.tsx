import { EllipsisOutlined, HolderOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { type ComponentType, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { ChartCard } from './ChartCard'
import { FigureCard } from './FigureCard'
import { ListCard } from './ListCard'
import { type CardMeta, heightened, movedCard, type Place, resized } from './layout'
import { useCardDrag } from './useCardDrag'

// biome-ignore lint/suspicious/noExplicitAny: each kind reads the shape docs/api.md gives it
const kinds: Record<CardMeta['kind'], ComponentType<{ title: string; data: any }>> = {
  figure: FigureCard,
  list: ListCard,
  chart: ChartCard,
}

export interface CardProps {
  card: CardMeta
  layout: Place[]
  editing: boolean
  set: (layout: Place[]) => void
}

/** Everything dragging does, without dragging. */
function CardMenu({ card, layout, set }: CardProps) {
  const { t } = useTranslation()
  const at = layout.findIndex((place) => place.name === card.name)
  const items = [
    { key: 'earlier', label: t('home.earlier'), disabled: at === 0, onClick: () => set(movedCard(layout, card.name, at - 1)) },
    { key: 'later', label: t('home.later'), disabled: at === layout.length - 1, onClick: () => set(movedCard(layout, card.name, at + 1)) },
    { key: 'wider', label: t('home.wider'), onClick: () => set(resized(layout, card.name, true)) },
    { key: 'narrower', label: t('home.narrower'), onClick: () => set(resized(layout, card.name, false)) },
    { key: 'higher', label: t('home.higher'), onClick: () => set(heightened(layout, card.name, 1)) },
    { key: 'lower', label: t('home.lower'), onClick: () => set(heightened(layout, card.name, -1)) },
    { type: 'divider' as const },
    { key: 'hide', label: t('home.hide'), onClick: () => set(layout.filter((place) => place.name !== card.name)) },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
      <Button size="small" type="text" aria-label={t('home.arrange', { name: card.title })} icon={<EllipsisOutlined />} />
    </Dropdown>
  )
}

export function Card(props: CardProps) {
  const { card, editing } = props
  const box = useRef<HTMLElement>(null)
  const edge = useCardDrag(box, props)
  const { data, error } = useQuery({ queryKey: ['home', card.name], queryFn: () => get<object>(`/api/v1/home/${card.name}/`) })
  const Kind = kinds[card.kind]
  return (
    <article
      ref={box}
      className={classes('panel homecard', `is-${card.kind}`, editing && 'is-editing', edge && `is-over-${edge}`)}
      data-testid={`card-${card.name}`}
    >
      {editing && (
        <div className="homecard__tools">
          <HolderOutlined className="homecard__grip" />
          <CardMenu {...props} />
        </div>
      )}
      {error ? (
        <p className="soft homecard__error">{problemOf(error).detail}</p>
      ) : data ? (
        <Kind title={card.title} data={data} />
      ) : (
        <Waiting lines={2} />
      )}
    </article>
  )
}
