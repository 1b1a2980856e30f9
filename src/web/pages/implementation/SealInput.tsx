import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'
import { Tag } from '@/shared/Tag'
import { useTab } from '@/workspace/TabHost'
import './flow.css'

/** Whether what stands on the screen is still what was signed, asked of the server. */
export default function SealInput({ id, value }: InputProps) {
  const { t } = useTranslation()
  const { key, id: doc } = useTab()
  const url = `${useMeta().resources[key]?.url}${doc}/seal/`
  const { data } = useQuery({ queryKey: ['seal', url, value], queryFn: () => get<{ holds: boolean }>(url), enabled: !!value })
  if (!value) return <span className="soft">—</span>
  return (
    <div id={id} data-testid="seal">
      {data && <Tag color={data.holds ? 'green' : 'red'}>{t(data.holds ? 'seal.holds' : 'seal.broken')}</Tag>}
      <code className="seal">{String(value)}</code>
    </div>
  )
}
