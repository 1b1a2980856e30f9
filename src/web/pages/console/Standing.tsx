import { LinkOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Bar } from '@/kit/desk/parts'
import '@/kit/desk/desk.css'
import { formatDateTime, formatList, formatNumber, formatSize } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import type { Care } from './model'

type Use = Care['usage'][number]
type Domain = Care['domains'][number]

const shown = (value: number, unit: Use['unit']) => (unit === 'bytes' ? formatSize(value) : formatNumber(value))
const tone = ({ used, most }: Use) => (most === null || used <= most * 0.8 ? 'cyan' : used <= most ? 'orange' : 'red')

function Wrong({ care }: { care: Care }) {
  const { t } = useTranslation()
  if (care.troubles.length === 0)
    return (
      <p data-testid="troubles">
        <Tag color="green">{t('console.fine')}</Tag>
      </p>
    )
  return (
    <ul className="care__troubles" data-testid="troubles">
      {care.troubles.map((one) => (
        <li key={one.name}>
          <Tag color={one.color}>{one.label}</Tag>
          <span>{one.why || formatList(one.limits.map((name) => t(`billing.use.${name}`)))}</span>
        </li>
      ))}
    </ul>
  )
}

const proof = ({ verified, missing_since }: Domain) => (missing_since ? 'lost' : verified ? 'proven' : 'unproven')
const COLOURS = { proven: 'green', unproven: 'gold', lost: 'red' } as const

/** Its own domains, and what is missing in the DNS of those that are not proven. */
function Domains({ rows }: { rows: Domain[] }) {
  const { t } = useTranslation()
  return (
    <ul className="care__rows" data-testid="domains">
      {rows.map((row) => (
        <li key={row.domain}>
          <span className="care__line">
            <b>{row.domain}</b>
            <Tag color={COLOURS[proof(row)]}>{t(`company.${proof(row)}`)}</Tag>
          </span>
          {proof(row) !== 'proven' && (
            <p className="soft care__record">
              {t('company.record', { type: 'TXT' })}
              <code>{row.name}</code>
              <code>{row.text}</code>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What is wrong with a company, where it is found, what it pays and uses. */
export function Standing({ care }: { care: Care }) {
  const { t } = useTranslation()
  if (care.certificate)
    return (
      <section className="panel section">
        <h2>{t('console.standing')}</h2>
        <p className="soft">{t('console.gone')}</p>
      </section>
    )
  return (
    <section className="panel section">
      <h2>{t('console.standing')}</h2>
      <Wrong care={care} />
      <p className="care__address">
        <a href={care.address} target="_blank" rel="noreferrer">
          <LinkOutlined /> {care.address.replace(/^https?:\/\//, '').replace(/\/$/, '')}
        </a>
        <span className="soft">{t('console.region', { region: care.region })}</span>
      </p>
      <Domains rows={care.domains} />
      {care.paid && (
        <p className="soft">
          {[
            care.paid.plan,
            care.paid.status,
            care.paid.collection,
            care.paid.until && t('console.until', { when: formatDateTime(care.paid.until) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      <ul className="care__usage" data-testid="usage">
        {care.usage.map((row) => (
          <li key={row.name}>
            <span>{t(`billing.use.${row.name}`)}</span>
            <span className="num">
              {shown(row.used, row.unit)} / {row.most === null ? t('billing.unlimited') : shown(row.most, row.unit)}
            </span>
            <Bar value={row.most ? Math.min(1, row.used / row.most) : 0} tone={tone(row)} label={t(`billing.use.${row.name}`)} />
          </li>
        ))}
      </ul>
      {care.usage.length === 0 && <p className="soft">{t('console.notMeasured')}</p>}
    </section>
  )
}
