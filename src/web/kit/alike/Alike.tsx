import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './alike.css'

export interface Known {
  _key: string
  id: Id
  number: string
  name: string
  owner: { label: string } | null
  why: string[]
  /** It certainly is this one. */
  blocks?: boolean
  /** The reader may open it. */
  seen: boolean
  more?: string
}

interface Props {
  rows: Known[]
  id: string
  intro: string
  /** What can be said of one of them. */
  children?: (row: Known) => ReactNode
}

/** Documents that the one being entered may be already, side by side: what they are called, whose they are and why they are shown. */
export function Alike({ rows, id, intro, children }: Props) {
  const { t } = useTranslation()
  return (
    <div className="alike" id={id} data-testid="alike">
      <p>{intro}</p>
      <ul>
        {rows.map((row) => (
          <li key={`${row._key}${row.id}`} className={row.blocks ? 'is-same' : undefined}>
            <b>{row.seen ? <TabLink to={docUrl(row._key, row.id)}>{row.name}</TabLink> : row.name}</b>
            <span className="soft">
              {row.number} · {row.owner?.label ?? t('partner.alike.nobody')}
            </span>
            <span className="alike__why">
              {row.why.map((why) => (
                <Tag key={why} color={row.blocks ? 'red' : 'orange'}>
                  {t(`partner.alike.why.${why}`)}
                </Tag>
              ))}
            </span>
            {row.more && <span className="soft alike__more">{row.more}</span>}
            {children?.(row)}
          </li>
        ))}
      </ul>
    </div>
  )
}
