import { useQuery } from '@tanstack/react-query'
import { Alert, App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { queryClient, refreshAll, useMeta } from '@/api/queries'
import type { Id, RefValue, Rows } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { EVERY } from './useNews'

const KEY = 'console.supportaccess'

interface Visit {
  id: Id
  version: number
  number: string
  state: 'requested' | 'approved'
  reason: string
  hours: number
  may_change: boolean
  until: string | null
  created_by: RefValue | null
}

function useDecide(visit: Visit, url: string) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState('')
  const decide = async (verb: string) => {
    setBusy(verb)
    try {
      await post(`${url}${visit.id}/${verb}/`, { version: visit.version })
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
    await Promise.all([queryClient.invalidateQueries({ queryKey: ['news', 'support'] }), refreshAll()])
    setBusy('')
  }
  return { busy, decide }
}

function Asked({ visit, url }: { visit: Visit; url: string }) {
  const { t } = useTranslation()
  const { busy, decide } = useDecide(visit, url)
  const asked = visit.state === 'requested'
  const button = (verb: string, primary = false) => (
    <Button size="small" type={primary ? 'primary' : 'default'} loading={busy === verb} disabled={!!busy} onClick={() => void decide(verb)}>
      {t(`support.${verb}`)}
    </Button>
  )
  return (
    <Alert
      banner
      type="info"
      data-testid="support"
      title={
        <>
          <b>
            {asked
              ? t('support.asked', { who: visit.created_by?.label, count: visit.hours })
              : t('support.visiting', { until: formatDateTime(visit.until) })}
          </b>{' '}
          {visit.reason} · {t(visit.may_change ? 'support.mayChange' : 'support.mayRead')}
        </>
      }
      action={
        <span className="notices__choice">
          {asked ? (
            <>
              {button('approve', true)}
              {button('refuse')}
            </>
          ) : (
            button('end')
          )}
        </span>
      }
    />
  )
}

/** Visits of the operators' support that wait for the administrator's word, or are going on. */
export function Support() {
  const { resources, company } = useMeta()
  const url = resources[KEY]?.url
  const { data } = useQuery({
    queryKey: ['news', 'support'],
    queryFn: () => get<Rows<Visit>>(`${url}?state=requested&state=approved&columns=reason,hours,may_change,until,created_by`),
    enabled: !!url && company.slug !== 'console',
    staleTime: EVERY,
    refetchInterval: EVERY,
  })
  const now = Date.now()
  const visits = data?.rows.filter((visit) => visit.state === 'requested' || (visit.until && new Date(visit.until).getTime() > now)) ?? []
  return visits.map((visit) => url && <Asked key={visit.id} visit={visit} url={url} />)
}
