import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { queryString } from '@/api/queries'
import type { Id } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import { Tag } from '@/shared/Tag'
import { useDebounced } from '@/shared/useDebounced'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './alike.css'

interface Twin {
  id: Id
  number: string
  name: string
  owner: { label: string } | null
  why: string[]
  blocks: boolean
  document: Record<string, unknown> | null
}

const SHOWN = ['grade', 'industry', 'region', 'phone', 'address', 'tax_no', 'website'] as const
const textOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'label' in value ? String(value.label) : String(value ?? '')
const named = (value: unknown) =>
  textOf(value)
    .split(/[\s,，、;；]+/)
    .filter(Boolean)

/** Accounts that the one being entered may be already, side by side; a tick says that one of them is another company. */
export default function DifferentInput({ field, value, onChange, context, id }: InputProps) {
  const { t } = useTranslation()
  const asked = Object.fromEntries(['name', 'tax_no', 'phone', 'website'].map((name) => [name, textOf(context?.(name))]))
  const query = useDebounced(queryString({ ...asked, id: context?.('id') ?? '' }), 350)
  const { data } = useQuery({
    queryKey: ['alike', query],
    queryFn: () => get<{ rows: Twin[] }>(`/api/v1/partners/partners/alike/?${query}`),
    enabled: !field.readonly && (asked.name ?? '').trim().length > 1,
    placeholderData: (before) => before,
  })
  const told = named(value)
  const rows = data?.rows ?? []
  const tick = (number: string, on: boolean) => onChange([...told.filter((one) => one !== number), ...(on ? [number] : [])].join(', '))
  if (rows.length === 0) return <p className="soft alike__none">{told.length > 0 ? told.join(', ') : t('partner.alike.none')}</p>
  return (
    <div className="alike" id={id} data-testid="alike">
      <p>{t('partner.alike.found', { count: rows.length })}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.id} className={row.blocks ? 'is-same' : undefined}>
            <b>{row.document ? <TabLink to={docUrl('partners.partner', row.id)}>{row.name}</TabLink> : row.name}</b>
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
            {row.document && (
              <span className="soft alike__more">
                {SHOWN.map((name) => textOf(row.document?.[name]))
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            )}
            {row.blocks ? (
              <span className="field__error">{t('partner.alike.same')}</span>
            ) : (
              <Checkbox
                disabled={field.readonly}
                checked={told.includes(row.number) || told.includes('*')}
                onChange={(event) => tick(row.number, event.target.checked)}
              >
                {t('partner.alike.other')}
              </Checkbox>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
