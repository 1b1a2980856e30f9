import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

export interface Said {
  id: Id
  kind_label: string
  subject: string
  day: string
  state: string
  text: string
  result: string
  contact: string
  who: string
  place: string
}

/** What is planned, then what was said, the latest first. */
export function Timeline({ rows }: { rows: Said[] }) {
  const { t } = useTranslation()
  if (!rows.length) return <p className="soft">{t('crm.noContacts')}</p>
  return (
    <ol className="said" data-testid="timeline">
      {rows.map((row) => (
        <li key={row.id} className={classes(row.state === 'planned' && 'is-planned')}>
          <span className="soft num">{row.day}</span>
          <div>
            <TabLink to={docUrl('crm.activity', row.id)}>{row.subject}</TabLink> <Tag>{row.kind_label}</Tag>{' '}
            {row.state === 'planned' && <Tag color="gold">{t('crm.planned_')}</Tag>} {row.result && <Tag color="cyan">{row.result}</Tag>}
            <p className="soft">{[row.who, row.contact, row.place].filter(Boolean).join(' · ')}</p>
            {row.text && <p>{row.text}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
