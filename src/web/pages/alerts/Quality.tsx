import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import type { RefValue, Rows } from '@/api/types'
import { ALERTS } from '@/kit/attention/useAlerts'
import { formatShare } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Row {
  rule: RefValue
  fired: number
  acted: number
  answered: number
  ignored: number
  open: number
  hours: number | null
}

const COUNTS = ['fired', 'acted', 'answered', 'open', 'ignored'] as const

/** What becomes of alerts: a rule that is mostly ignored tells the wrong people, too early, or too much. */
export function Quality() {
  const { t } = useTranslation()
  const { data, error } = useQuery({ queryKey: ['alerts', 'quality'], queryFn: () => get<Rows<Row>>(`${ALERTS}quality/`) })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return (
    <section className="panel quality">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('attention.rule')}</th>
            {COUNTS.map((name) => (
              <th key={name} scope="col" className="num">
                {t(`attention.quality.${name}`)}
              </th>
            ))}
            <th scope="col" className="num">
              {t('attention.quality.share')}
            </th>
            <th scope="col" className="num">
              {t('attention.quality.hours')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.rule.id}>
              <th scope="row">
                <TabLink to={docUrl('process.rule', row.rule.id)}>{row.rule.label}</TabLink>
              </th>
              {COUNTS.map((name) => (
                <td key={name} className="num">
                  {row[name]}
                </td>
              ))}
              <td className="num">{row.fired ? formatShare(row.ignored / row.fired, 0) : '–'}</td>
              <td className="num">{row.hours ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
