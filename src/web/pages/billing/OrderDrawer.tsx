import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Input, InputNumber, Radio, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, compute, post, problemOf } from '@/api/http'
import type { Problem } from '@/api/types'
import { ProblemAlert } from '@/kit/document/ProblemAlert'
import { useDebounced } from '@/shared/useDebounced'
import { Bill } from './Bill'
import { has, type Overview, type Preview, plans, refresh, URL, type Wanted } from './model'
import { PlanCards } from './PlanCards'

const SETTLE = 350

interface HowProps {
  data: Overview
  wanted: Wanted
  later: boolean
  set: (values: Partial<Wanted>) => void
}

/** A coupon, and by what means to pay; what begins later is paid when its time has come. */
function HowToPay({ data, wanted, later, set }: HowProps) {
  const { t } = useTranslation()
  return (
    <>
      <div className="ordering__row">
        <label htmlFor="billing-coupon">{t('billing.coupon')}</label>
        <Input id="billing-coupon" maxLength={30} value={wanted.coupon} onChange={(event) => set({ coupon: event.target.value.trim() })} />
      </div>
      {!later && (
        <div className="ordering__row">
          <span>{t('billing.method')}</span>
          <Radio.Group
            value={wanted.method}
            onChange={(event) => set({ method: String(event.target.value) })}
            options={data.methods}
            aria-label={t('billing.method')}
          />
        </div>
      )}
      {!later && data.methods.length === 1 && <p className="soft">{t('billing.transferOnly')}</p>}
    </>
  )
}

/** Choosing a plan: what it costs is shown before anything is ordered. */
export function OrderDrawer({ data, onClose }: { data: Overview; onClose: () => void }) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState<Wanted>({
    plan: data.plan.code,
    period: data.period,
    seats: data.seats,
    coupon: '',
    method: data.methods[0]?.value ?? '',
  })
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const rows = useQuery(plans).data?.rows ?? []
  const asked = useDebounced(wanted, SETTLE)
  const same = has(data, asked)
  const preview = useQuery({
    queryKey: ['billing-preview', asked.plan, asked.period, asked.seats, asked.coupon],
    queryFn: () => compute<Preview>(`${URL}preview/`, asked),
    enabled: !same && rows.some((plan) => plan.code === asked.plan),
    gcTime: 0,
  })
  const set = (values: Partial<Wanted>) => {
    setProblem(null)
    setWanted((before) => ({ ...before, ...values }))
  }
  const choose = (code: string) => {
    const least = rows.find((plan) => plan.code === code)?.seats ?? 1
    set({ plan: code, seats: wanted.plan === code ? wanted.seats : Math.max(least, wanted.seats) })
  }
  const go = async () => {
    setBusy(true)
    try {
      const path = data.by_card ? 'change' : 'order'
      const { url } = await post<{ url: string }>(`${URL}${path}/`, { ...wanted, at: preview.data?.at })
      if (url) return location.assign(url)
      await refresh()
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const refused = preview.error instanceof ApiError ? preview.error.problem : null
  const ready = !same && preview.data && !refused && asked === wanted
  const later = ready ? preview.data?.starts : null
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={t('billing.choose')}
      footer={
        <Button type="primary" block size="large" data-testid="confirm" loading={busy} disabled={!ready} onClick={() => void go()}>
          {later
            ? t('billing.later', { date: later })
            : t(data.by_card ? 'billing.confirm' : wanted.method === 'bank_transfer' ? 'billing.invoice' : 'billing.pay')}
        </Button>
      }
    >
      <div className="ordering">
        <Segmented
          block
          value={wanted.period}
          onChange={(period) => set({ period })}
          options={(['month', 'year'] as const).map((value) => ({ value, label: t(`billing.by.${value}`) }))}
        />
        <PlanCards rows={rows} period={wanted.period} chosen={wanted.plan} onChoose={choose} />
        <div className="ordering__row">
          <label htmlFor="billing-seats">{t('billing.seats')}</label>
          <InputNumber id="billing-seats" min={1} precision={0} value={wanted.seats} onChange={(seats) => set({ seats: seats ?? 1 })} />
        </div>
        {!data.by_card && <HowToPay data={data} wanted={wanted} later={!!later} set={set} />}
        {!same && preview.data && !refused && <Bill preview={preview.data} currency={data.plan.currency} period={asked.period} />}
        {(problem ?? refused) && <ProblemAlert problem={(problem ?? refused) as Problem} />}
      </div>
    </Drawer>
  )
}
