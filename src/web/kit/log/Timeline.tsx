import { CheckOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import { useDescription } from '@/api/queries'
import type { Id } from '@/api/types'
import { useChange } from '@/kit/useChange'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './log.css'

const KEY = 'crm.activity'

export interface Said {
  id: Id
  version: number
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

/** A planned step has been taken: one click. */
function Done({ row }: { row: Said }) {
  const { t } = useTranslation()
  const { data } = useDescription(KEY)
  const { busy, change } = useChange()
  if (row.state !== 'planned' || !data?.actions.finish) return null
  return (
    <Button
      size="small"
      type="text"
      icon={<CheckOutlined />}
      loading={busy}
      title={t('crm.doneOf', { name: row.subject })}
      aria-label={t('crm.doneOf', { name: row.subject })}
      onClick={() => void change(() => post(`${data.url}${row.id}/finish/`, { version: row.version }))}
    />
  )
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
            <TabLink to={docUrl(KEY, row.id)}>{row.subject}</TabLink> <Tag>{row.kind_label}</Tag>{' '}
            {row.state === 'planned' && <Tag color="gold">{t('crm.planned_')}</Tag>} {row.result && <Tag color="cyan">{row.result}</Tag>}
            <Done row={row} />
            <p className="soft">{[row.who, row.contact, row.place].filter(Boolean).join(' · ')}</p>
            {row.text && <p>{row.text}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
