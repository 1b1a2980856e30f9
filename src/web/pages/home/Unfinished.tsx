import { EditOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { formatAgo } from '@/shared/format'
import { useDrafts } from '@/workspace/drafts'
import { isTyped } from '@/workspace/drafts.model'
import { draftUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

const MOST = 4

/** Input that was never saved, on this or another device. */
export function Unfinished() {
  const { t } = useTranslation()
  const drafts = useDrafts((state) => state.drafts)
  const typed = Object.entries(drafts).filter(([, draft]) => isTyped(draft))
  const latest = typed.sort(([, a], [, b]) => b.at.localeCompare(a.at))
  if (latest.length === 0) return null
  return (
    <nav className="unfinished" aria-label={t('home.unfinished')}>
      <span className="soft">{t('home.unfinished')}</span>
      {latest.slice(0, MOST).map(([key, draft]) => (
        <TabLink key={key} to={draftUrl(key)}>
          <EditOutlined /> {draft.title} <small>{formatAgo(draft.at)}</small>
        </TabLink>
      ))}
      {latest.length > MOST && <span className="soft">+{latest.length - MOST}</span>}
    </nav>
  )
}
