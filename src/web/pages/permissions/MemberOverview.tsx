import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import type { Id } from '@/api/types'
import type { DeskProps } from '@/kit/desk/DeskPage'
import { Figures } from '@/kit/desk/parts'
import { formatCurrency, formatNumber, formatShare, formatShortMoney } from '@/shared/format'
import { listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './owns.css'
import { type Linked, Links, Notes } from '@/kit/desk/related'

const Chart = lazy(() => import('@/kit/chart/Chart'))

export interface MemberDesk {
  owns: { _key: string; label: string; count: number; amount: string | null; query: string }[]
  signed: Record<'now' | 'before', string> | null
  weeks: { from: string; planned: number; kept: number; done: number }[]
  next: Linked[]
  gaps: { id: Id; label: string; grade: string; last: string | null; days: number | null }[]
  notes: string[]
}

function Owns({ owns }: Pick<MemberDesk, 'owns'>) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="owns">
      <h2>{t('overview.owns')}</h2>
      <div className="owns">
        {owns.map((one) => (
          <TabLink key={one._key} to={listUrl(one._key, one.query)}>
            <small>{one.label}</small>
            <b className="num">{formatNumber(one.count)}</b>
            <small className="num">{one.amount !== null && formatShortMoney(one.amount)}</small>
          </TabLink>
        ))}
      </div>
    </section>
  )
}

function Weeks({ weeks }: Pick<MemberDesk, 'weeks'>) {
  const { t } = useTranslation()
  const series = (['planned', 'kept', 'done'] as const).map((name) => ({
    name: t(`overview.${name}`),
    kind: name === 'done' ? ('line' as const) : ('bar' as const),
    unit: 'count' as const,
    data: weeks.map((one) => String(one[name])),
  }))
  return (
    <section className="panel section" data-testid="weeks">
      <h2>{t('overview.weeks')}</h2>
      <Suspense fallback={<p className="soft">…</p>}>
        <Chart data={{ x: weeks.map((one) => one.from.slice(5)), series }} label={t('overview.weeks')} />
      </Suspense>
    </section>
  )
}

/** 员工全景: what is theirs, what they have signed, what they planned and did. */
export function MemberOverview({ desk }: DeskProps<MemberDesk>) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const planned = desk.weeks.reduce((sum, one) => sum + one.planned, 0)
  const kept = desk.weeks.reduce((sum, one) => sum + one.kept, 0)
  const gaps = desk.gaps.map((one) => ({
    _key: 'partners.partner',
    id: one.id,
    title: one.label,
    text: [one.grade, one.days === null ? t('crm.never') : t('crm.daysAgo', { count: one.days })].join(' · '),
  }))
  return (
    <>
      <Notes notes={desk.notes} />
      {desk.signed && (
        <Figures
          items={[
            { name: 'now', label: t('overview.signedNow'), value: formatCurrency(desk.signed.now, company.currency) },
            { name: 'before', label: t('overview.signedBefore'), value: formatCurrency(desk.signed.before, company.currency) },
            ...(planned > 0
              ? [
                  {
                    name: 'kept',
                    label: t('overview.keptRate'),
                    value: formatShare(kept / planned, 0),
                    note: t('overview.keptOf', { kept, planned }),
                  },
                ]
              : []),
          ]}
        />
      )}
      {desk.owns.length > 0 && <Owns owns={desk.owns} />}
      <div className="desk__pair">
        {desk.weeks.length > 0 && <Weeks weeks={desk.weeks} />}
        <Links title={t('overview.next')} rows={desk.next} empty={t('overview.nothingPlanned')} testid="next" />
      </div>
      <Links title={t('overview.gaps')} rows={gaps} testid="gaps" />
    </>
  )
}
