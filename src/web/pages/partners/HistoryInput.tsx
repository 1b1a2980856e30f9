import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Past {
  id: Id
  label: string
  job: string
  until: string
}

/** Where a contact worked before. */
export default function HistoryInput({ id, value }: InputProps) {
  const { t } = useTranslation()
  const rows = Array.isArray(value) ? (value as Past[]) : []
  if (rows.length === 0) return <span className="soft">{t('partner.history.none')}</span>
  return (
    <ul id={id} data-testid="companies-before">
      {rows.map((row) => (
        <li key={`${row.id}${row.until}`}>
          <TabLink to={docUrl('partners.partner', row.id)}>{row.label}</TabLink>{' '}
          <span className="soft">{[row.job, t('partner.history.until', { day: row.until })].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  )
}
