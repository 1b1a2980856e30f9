import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { Waiting } from '@/shared/Waiting'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import './shares.css'

interface Share {
  kind: string
  label: string
  receiver?: string
  count: number
}

/** What a handover moves, kind by kind, and what is not yet given to anybody. */
export default function SharesInput({ id: name }: InputProps) {
  const { t } = useTranslation()
  const { id } = useTab()
  const saved = !!id && !isNew(id)
  const { data, error } = useQuery({
    queryKey: ['handover shares', id],
    queryFn: () => get<{ rows: Share[]; left: Share[] }>(`/api/v1/organization/handovers/${id}/moves/`),
    enabled: saved,
  })
  if (!saved) return <p className="soft">{t('handover.save')}</p>
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={3} />
  if (data.rows.length + data.left.length === 0) return <p className="soft">{t('handover.nothing')}</p>
  return (
    <table className="shares" id={name} data-testid="shares">
      <tbody>
        {data.rows.map((row) => (
          <tr key={`${row.kind} ${row.receiver}`}>
            <th scope="row">{row.label}</th>
            <td className="shares__count">{row.count}</td>
            <td>→ {row.receiver}</td>
          </tr>
        ))}
        {data.left.map((row) => (
          <tr key={row.kind} className="is-left">
            <th scope="row">{row.label}</th>
            <td className="shares__count">{row.count}</td>
            <td>{t('handover.left')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
