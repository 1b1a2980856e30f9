import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { post } from '@/api/http'
import type { Doc, Id } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'

interface Conflict {
  number: string
  same: boolean
  state_label: string
  owner: string
  dealer: boolean
  series: string
  protected_until: string | null
}

const OPEN = ['draft', 'submitted', 'refused', 'released', 'expired']

/** Who else has claimed this project, before it is submitted or granted. */
function Conflicts({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const series = (doc.series as { id: Id } | null)?.id ?? null
  const { data } = useQuery({
    queryKey: ['crm', 'conflicts', doc.id, doc.version],
    queryFn: () =>
      post<{ rows: Conflict[] }>('/api/v1/crm/registrations/conflicts/', {
        id: doc.id,
        end_user: doc.end_user,
        scope: doc.scope,
        bid_no: doc.bid_no,
        series,
      }),
  })
  if (!data) return null
  if (!data.rows.length) return <Alert type="success" showIcon title={t('crm.noConflict')} data-testid="conflicts" />
  return (
    <Alert
      type={data.rows.some((row) => row.same) ? 'error' : 'warning'}
      showIcon
      title={t('crm.conflict', { count: data.rows.length })}
      data-testid="conflicts"
      description={
        <ul className="part__rows">
          {data.rows.map((row) => (
            <li key={row.number}>
              <span>
                <b>{row.number}</b> {t(row.same ? 'crm.sameProject' : 'crm.nearProject')} · {row.state_label} ·{' '}
                {[row.owner, row.dealer ? t('crm.throughDealer') : '', row.series].filter(Boolean).join(' · ')}
                {row.protected_until && ` · ${t('crm.until', { day: row.protected_until })}`}
              </span>
            </li>
          ))}
        </ul>
      }
    />
  )
}

export default function RegistrationPage() {
  return <DocumentView above={(doc) => OPEN.includes(String(doc.state)) && <Conflicts doc={doc} />} />
}
