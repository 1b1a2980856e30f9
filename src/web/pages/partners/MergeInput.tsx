import { useQuery } from '@tanstack/react-query'
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Field, Id, RefValue } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { ReadValue } from '@/kit/field/ReadValue'
import { useTab } from '@/workspace/TabHost'
import './merge.css'

interface Side {
  accounts: { id: Id; number: string; name: string; counts: { label: string; count: number }[] }[]
  fields: (Field & { values: unknown[]; differs: boolean })[]
  days: number
}

const idsOf = (value: unknown) => (Array.isArray(value) ? (value as RefValue[]).map((one) => Number(one.id)) : [])

/** The accounts side by side: what differs is chosen, and what moves is told. */
export default function MergeInput({ id, value, onChange, context }: InputProps) {
  const { t } = useTranslation()
  const here = useTab()
  const others = idsOf(context?.('others'))
  const url = `/api/v1/partners/partners/merging/?ids=${[here.id, ...others].join(',')}`
  const { data } = useQuery({
    queryKey: ['merging', url],
    queryFn: () => get<Side>(url),
    enabled: others.length > 0,
    placeholderData: (before) => before,
  })
  if (others.length === 0 || !data) return <p className="soft">{t('partner.merge.first')}</p>
  const chosen = (typeof value === 'object' && value !== null ? value : {}) as Record<string, number>
  return (
    <div className="merge" id={id} data-testid="merge">
      <table>
        <thead>
          <tr>
            <th />
            {data.accounts.map((one, at) => (
              <th key={one.id}>
                {one.name}
                <small>
                  {one.number} · {t(at === 0 ? 'partner.merge.stays' : 'partner.merge.goes')}
                </small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.fields
            .filter((field) => field.differs)
            .map((field) => (
              <tr key={field.name}>
                <th scope="row">{field.label}</th>
                {data.accounts.map((one, at) => (
                  <td key={one.id}>
                    <Radio
                      checked={(chosen[field.name] ?? Number(data.accounts[0]?.id)) === Number(one.id)}
                      onChange={() => onChange({ ...chosen, [field.name]: Number(one.id) })}
                    >
                      <ReadValue field={field} value={field.values[at]} />
                    </Radio>
                  </td>
                ))}
              </tr>
            ))}
          <tr>
            <th scope="row">{t('partner.merge.hangs')}</th>
            {data.accounts.map((one) => (
              <td key={one.id} className="soft">
                {one.counts.map((row) => `${row.label} ${row.count}`).join(' · ') || '—'}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="soft">{t('partner.merge.undo', { count: data.days })}</p>
    </div>
  )
}
