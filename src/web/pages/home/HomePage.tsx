import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { saveSetting, useMeta } from '@/api/queries'
import { formatList } from '@/shared/format'
import { language } from '@/shared/i18n'
import { Trouble } from '@/shared/Trouble'
import { vars } from '@/shared/vars'
import { Waiting } from '@/shared/Waiting'
import { Card } from './Card'
import { arranged, type CardMeta, dayPart, hiddenCards, type Place, themes, withCard } from './layout'
import { Unfinished } from './Unfinished'
import './home.css'

interface Home {
  cards: CardMeta[]
  layout: Place[]
}

function Greeting() {
  const { t } = useTranslation()
  const { member, company } = useMeta()
  const day = new Intl.DateTimeFormat(language(), { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${company.today}T00:00:00Z`))
  return (
    <div>
      <h1>{t(`home.${dayPart(new Date().getHours())}`, { name: member.name })}</h1>
      <p className="soft">
        {[day, member.unit?.label, formatList((member.roles ?? []).map((role) => role.label))].filter(Boolean).join(' · ')}
      </p>
    </div>
  )
}

function Tools({
  cards,
  layout,
  editing,
  set,
  onEdit,
}: Home & { editing: boolean; set: (layout: Place[] | null) => void; onEdit: () => void }) {
  const { t } = useTranslation()
  const hidden = hiddenCards(layout, cards)
  return (
    <div className="home__tools">
      {editing && hidden.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: themes(hidden).map(({ theme, cards: some }) => ({
              type: 'group' as const,
              key: theme,
              label: theme,
              children: some.map((card) => ({ key: card.name, label: card.title, onClick: () => set(withCard(layout, card)) })),
            })),
          }}
        >
          <Button>{t('home.add')}</Button>
        </Dropdown>
      )}
      {editing && <Button onClick={() => set(null)}>{t('columns.reset')}</Button>}
      <Button type={editing ? 'primary' : 'default'} onClick={onEdit} data-testid="home-edit">
        {t(editing ? 'home.done' : 'home.edit')}
      </Button>
    </div>
  )
}

/** What matters to this member today. */
export default function HomePage() {
  const { data, error } = useQuery({ queryKey: ['home'], queryFn: () => get<Home>('/api/v1/home/') })
  const [own, setOwn] = useState<Place[] | null>(null)
  const [editing, setEditing] = useState(false)
  if (error) return <Trouble title={problemOf(error).detail} />
  const cards = data?.cards ?? []
  const layout = arranged(own ?? data?.layout ?? [], cards)
  const set = (next: Place[] | null) => {
    setOwn(next ?? cards.map((card) => ({ name: card.name, w: card.size[0], h: card.size[1] })))
    void saveSetting('home', next)
  }
  return (
    <div className="home" data-testid="home">
      <header className="home__head">
        <Greeting />
        <Tools cards={cards} layout={layout} editing={editing} set={set} onEdit={() => setEditing(!editing)} />
      </header>
      <Unfinished />
      {!data && <Waiting />}
      <div className="home__grid">
        {layout.map((place) => {
          const card = cards.find((one) => one.name === place.name)
          return (
            card && (
              <div key={place.name} className="home__place" style={vars({ w: place.w, half: place.w <= 3 ? 6 : 12, h: place.h })}>
                <Card card={card} layout={layout} editing={editing} set={set} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
