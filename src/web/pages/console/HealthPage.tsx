import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { Figures } from '@/kit/desk/parts'
import '@/kit/desk/desk.css'
import { formatDateTime, formatNumber } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { Faults, Slow } from './Findings'
import { Queues, Storage, Workers } from './Machine'
import type { Health } from './model'
import './console.css'

const EVERY = 30_000

function Companies({ told }: { told: Health['companies'] }) {
  const { t } = useTranslation()
  return (
    <section className="panel section" data-testid="companies">
      <h2>{t('console.health.companies')}</h2>
      {told.worst.length === 0 && <p className="soft">{t('console.health.allFine', { count: told.total })}</p>}
      <ul className="care__rows">
        {told.worst.map((one) => (
          <li key={one.id} className="care__line">
            <TabLink to={docUrl(one._key, one.id)}>{one.name}</TabLink>
            <Tag color={one.color}>{one.label}</Tag>
            <span className="soft">{one.backed_up_at ? t('console.health.backedUp', { when: formatDateTime(one.backed_up_at) }) : ''}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Glance({ data }: { data: Health }) {
  const { t } = useTranslation()
  const { uptime, companies, spares } = data
  const bad = (wrong: boolean) => (wrong ? 'danger' : 'good')
  return (
    <Figures
      items={[
        {
          name: 'now',
          label: t('console.health.now'),
          value: t(uptime.ok ? 'console.health.works' : 'console.health.down'),
          note: uptime.milliseconds === null ? undefined : `${formatNumber(uptime.milliseconds)} ms`,
          tone: bad(!uptime.ok),
        },
        {
          name: 'day',
          label: t('console.health.day'),
          value: uptime.percent === null ? '—' : `${formatNumber(uptime.percent, { min: 2, max: 2 })}%`,
        },
        {
          name: 'workers',
          label: t('console.health.workers'),
          value: data.workers === null ? '—' : formatNumber(data.workers.length),
          tone: bad(!data.workers?.length),
        },
        {
          name: 'behind',
          label: t('console.health.behind'),
          value: formatNumber(companies.migration + companies.behind),
          tone: bad(companies.migration + companies.behind > 0),
        },
        {
          name: 'late',
          label: t('console.health.late'),
          value: formatNumber(companies.late + companies.backup),
          tone: bad(companies.late + companies.backup > 0),
        },
        {
          name: 'spares',
          label: t('console.health.spares'),
          value: formatNumber(spares.ready),
          note: t('console.health.of', { count: spares.wanted }),
          tone: bad(spares.ready === 0),
        },
      ]}
    />
  )
}

/** How the platform is now; looks again by itself. */
export default function HealthPage() {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: ['health'],
    queryFn: () => get<Health>('/api/v1/console/health/'),
    refetchInterval: EVERY,
    staleTime: 0,
  })
  if (error && !data) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting lines={8} />
  return (
    <div className="health" data-testid="health">
      <header>
        <h1>{t('page.health')}</h1>
        <span className="soft" role="status">
          {error ? problemOf(error).detail : t('console.health.at', { when: formatDateTime(data.at) })}
        </span>
      </header>
      <Glance data={data} />
      <div className="health__pair">
        <Queues queues={data.queues} />
        <Workers workers={data.workers} />
      </div>
      <Companies told={data.companies} />
      <Faults rows={data.faults} />
      <Slow rows={data.slow} />
      <Storage storage={data.storage} />
    </div>
  )
}
