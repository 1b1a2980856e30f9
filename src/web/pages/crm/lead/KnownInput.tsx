import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { queryString } from '@/api/queries'
import { Alike, type Known } from '@/kit/alike/Alike'
import type { InputProps } from '@/kit/field/overlays'
import { ReadValue } from '@/kit/field/ReadValue'
import { Tag } from '@/shared/Tag'
import { useDebounced } from '@/shared/useDebounced'

const SETTLED = ['converted', 'invalid']

/** Leads and customers that are known already, while company and number of a lead are still being typed. */
export default function KnownInput({ field, value, context, id }: InputProps) {
  const { t } = useTranslation()
  const [name, phone] = ['name', 'phone'].map((one) => String(context?.(one) ?? ''))
  const settled = SETTLED.includes(String(context?.('state') ?? ''))
  const asked = useDebounced(queryString({ name, phone, but: context?.('id') ?? '' }), 350)
  const { data } = useQuery({
    queryKey: ['known', asked],
    queryFn: () => get<{ rows: (Known & { state: string })[] }>(`/api/v1/crm/leads/twins/?${asked}`),
    enabled: !settled && ((name ?? '').trim().length > 1 || (phone ?? '').trim().length > 7),
    placeholderData: (before) => before,
  })
  const rows = settled ? [] : (data?.rows ?? [])
  if (value)
    return (
      <>
        <ReadValue field={field} value={value} />
        {rows.length > 0 && <List rows={rows} id={id} />}
      </>
    )
  return rows.length > 0 ? <List rows={rows} id={id} /> : <p className="soft alike__none">{t('crm.notKnown')}</p>
}

function List({ rows, id }: { rows: (Known & { state: string })[]; id: string }) {
  const { t } = useTranslation()
  const states = Object.fromEntries(rows.map((row) => [`${row._key}${row.id}`, row.state]))
  return (
    <Alike rows={rows} id={id} intro={t('crm.knownAlready')}>
      {(row) => (
        <span>
          <Tag>{t(row._key === 'crm.lead' ? 'crm.lead' : 'crm.customer')}</Tag>{' '}
          <span className="soft">{states[`${row._key}${row.id}`]}</span>
        </span>
      )}
    </Alike>
  )
}
