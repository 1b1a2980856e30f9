import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Id } from '@/api/types'
import { share } from '@/kit/desk/parts'
import { Part } from '@/kit/sheet/Sheet'
import { formatShare, formatShortMoney } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { vars } from '@/shared/vars'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Step {
  id: Id | null
  label: string
  count: number
  amount: string | null
  reached: number
  query: string
  reached_query: string
  stuck: number
  stuck_query: string
}

const KEY = 'crm.opportunity'

/** How many came how far in the last year, and how many of the stage before went on. */
export function Funnel() {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['crm', 'funnel'], queryFn: () => get<{ stages: Step[] }>('/api/v1/crm/funnel/') })
  const stages = data?.stages ?? []
  const most = String(Math.max(1, ...stages.map((one) => one.reached)))
  if (!stages.some((one) => one.reached || one.count)) return null
  return (
    <Part title={t('crm.funnel')} text={t('crm.funnelText')} testid="funnel">
      <ol className="funnel">
        {stages.map((one, at) => {
          const before = stages[at - 1]?.reached ?? 0
          return (
            <li key={one.label}>
              <span>{one.label}</span>
              <TabLink
                to={listUrl(KEY, one.reached_query)}
                className="funnel__bar"
                style={vars({ share: share(String(one.reached), most) })}
              >
                <b className="num">{one.reached}</b>
              </TabLink>
              <span className="soft num">{before > 0 ? formatShare(one.reached / before, 0) : ''}</span>
              <span className="soft num">
                {one.count > 0 && <TabLink to={listUrl(KEY, one.query)}>{t('crm.here', { count: one.count })}</TabLink>}{' '}
                {one.count > 0 && one.amount ? formatShortMoney(one.amount) : ''}{' '}
                {one.stuck > 0 && (
                  <TabLink to={listUrl(KEY, one.stuck_query)}>
                    <Tag color="gold">{t('crm.stuckHere', { count: one.stuck })}</Tag>
                  </TabLink>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </Part>
  )
}
