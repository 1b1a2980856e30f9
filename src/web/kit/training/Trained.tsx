import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Bar } from '@/kit/desk/parts'
import '@/kit/desk/desk.css'
import { formatAgo } from '@/shared/format'
import './trained.css'

export interface Progress {
  /** How many there are in the language of the company. */
  materials: number
  people: { member: number; name: string; done: number; last: string | null }[]
}

const FEW = 12

/** Who has worked through how much of the training material. */
export function Trained({ progress }: { progress: Progress }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const { materials, people } = progress
  if (materials === 0) return <p className="soft">{t('training.none')}</p>
  if (people.length === 0) return <p className="soft">{t('training.nobody')}</p>
  return (
    <>
      <ul className="trained" data-testid="trained">
        {(all ? people : people.slice(0, FEW)).map((one) => (
          <li key={one.member}>
            <b>{one.name}</b>
            <Bar value={one.done / materials} tone={one.done === materials ? 'green' : 'cyan'} label={one.name} />
            <span className="num">{t('training.of', { done: one.done, count: materials })}</span>
            <small className="soft">{one.last ? formatAgo(one.last) : t('training.notYet')}</small>
          </li>
        ))}
      </ul>
      {people.length > FEW && !all && (
        <Button type="link" onClick={() => setAll(true)}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
