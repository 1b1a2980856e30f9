import { useTranslation } from 'react-i18next'
import { Bar } from '@/kit/desk/parts'
import { formatNumber, formatSize } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { type Health, span } from './model'

const PATIENCE = 60
const FULL = 0.9

/** What cannot be asked at the moment. */
const Away = () => <p className="soft">{useTranslation().t('console.health.away')}</p>

function useSpan() {
  const { t } = useTranslation()
  return (seconds: number) => {
    const { unit, n } = span(seconds)
    return t(`console.span.${unit}`, { count: n })
  }
}

export function Queues({ queues }: { queues: Health['queues'] }) {
  const { t } = useTranslation()
  const told = useSpan()
  return (
    <section className="panel section" data-testid="queues">
      <h2>{t('console.health.queues')}</h2>
      {!queues && <Away />}
      <ul className="care__rows">
        {queues?.map((one) => (
          <li key={one.name} className="care__line">
            <b>{one.name}</b>
            <span>{t('console.health.waiting', { count: one.waiting })}</span>
            {one.oldest !== null && (
              <Tag color={one.oldest > PATIENCE ? 'orange' : 'default'}>{t('console.health.oldest', { span: told(one.oldest) })}</Tag>
            )}
            <span className="soft">{t('console.health.taken', { count: one.taken })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Workers({ workers }: { workers: Health['workers'] }) {
  const { t } = useTranslation()
  const told = useSpan()
  return (
    <section className="panel section" data-testid="workers">
      <h2>{t('console.health.workers')}</h2>
      {!workers && <Away />}
      {workers?.length === 0 && <p className="field__error">{t('console.health.noWorker')}</p>}
      <ul className="care__rows">
        {workers?.map((one) => (
          <li key={one.name} className="care__line">
            <b>{one.name}</b>
            <span className="soft">
              {t('console.health.processes', { count: one.processes })} ·{' '}
              {t('console.health.done', { count: one.done, shown: formatNumber(one.done) })} ·{' '}
              {t('console.health.since', { span: told(one.since) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Storage({ storage }: { storage: Health['storage'] }) {
  const { t } = useTranslation()
  if (!storage) return null
  const { disk_free: free, disk_total: total } = storage
  const parts = (['database', 'files', 'backups'] as const).map((name) => ({ name, value: formatSize(storage[name]) }))
  const filled = free !== null && total ? 1 - free / total : null
  return (
    <section className="panel section" data-testid="storage">
      <h2>{t('console.health.storage')}</h2>
      <dl className="health__storage">
        {parts.map(({ name, value }) => (
          <div key={name}>
            <dt>{t(`console.health.${name}`)}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('console.health.connections')}</dt>
          <dd className="num">{formatNumber(storage.connections)}</dd>
        </div>
      </dl>
      {filled !== null && free !== null && total !== null && (
        <>
          <p className="soft">{t('console.health.disk', { free: formatSize(free), total: formatSize(total) })}</p>
          <Bar value={filled} tone={filled > FULL ? 'red' : 'cyan'} label={t('console.health.diskUsed')} />
        </>
      )}
    </section>
  )
}
