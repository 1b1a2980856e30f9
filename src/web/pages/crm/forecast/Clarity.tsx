import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { Figures } from '@/kit/desk/parts'
import { Part } from '@/kit/sheet/Sheet'
import { formatShare } from '@/shared/format'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import '@/kit/desk/desk.css'

interface Told {
  open: number
  clear: number
  rate: string | null
  shortfalls: { name: string; label: string; count: number; query: string }[]
}

/** How many open opportunities can be trusted, and the lists of those that cannot. */
export function Clarity() {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['crm', 'clarity'], queryFn: () => get<Told>('/api/v1/crm/clarity/') })
  if (!data?.rate) return null
  return (
    <Part title={t('crm.clarity')} text={t('crm.clarityText')} testid="clarity">
      <Figures
        items={[
          {
            name: 'clear',
            label: t('crm.clear'),
            value: formatShare(data.rate, 0),
            note: t('crm.ofOpen', { clear: data.clear, open: data.open }),
          },
          ...data.shortfalls.map((one) => ({
            name: one.name,
            label: one.label,
            value: one.count ? <TabLink to={listUrl('crm.opportunity', one.query)}>{one.count}</TabLink> : 0,
          })),
        ]}
      />
    </Part>
  )
}
