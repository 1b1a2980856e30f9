import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { queryString } from '@/api/queries'
import { Alike, type Known } from '@/kit/alike/Alike'
import type { InputProps } from '@/kit/field/overlays'
import { useDebounced } from '@/shared/useDebounced'

interface Twin extends Omit<Known, '_key' | 'seen' | 'more'> {
  document: Record<string, unknown> | null
}

const SHOWN = ['grade', 'industry', 'region', 'phone', 'address', 'tax_no', 'website'] as const
const textOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'label' in value ? String(value.label) : String(value ?? '')
const named = (value: unknown) =>
  textOf(value)
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
const known = ({ document, ...row }: Twin): Known => ({
  ...row,
  _key: 'partners.partner',
  seen: !!document,
  more: SHOWN.map((name) => textOf(document?.[name]))
    .filter(Boolean)
    .join(' · '),
})

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
    <Alike id={id} rows={rows.map(known)} intro={t('partner.alike.found', { count: rows.length })}>
      {({ number, blocks }) =>
        blocks ? (
          <span className="field__error">{t('partner.alike.same')}</span>
        ) : (
          <Checkbox
            disabled={field.readonly}
            checked={told.includes(number) || told.includes('*')}
            onChange={(event) => tick(number, event.target.checked)}
          >
            {t('partner.alike.other')}
          </Checkbox>
        )
      }
    </Alike>
  )
}
