import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Doc, Values } from '@/api/types'
import { useCurrency } from '@/shared/currency'
import { formatList, formatNumber, formatShortMoney } from '@/shared/format'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { type Authority, floorOf, placeOf } from './model'
import './quote.css'

const OPEN = ['draft', 'submitted']
const FEW = 2
const shownPercent = (value: unknown) => (typeof value === 'string' && /^-?[\d.]+$/.test(value) ? value : null)

function Gauge({ label, value }: { label: string; value: string }) {
  const width = Math.min(Math.max(Number(value), 0), 100)
  return (
    <div className="gauge" role="img" aria-label={`${label} ${value} %`}>
      <span>{label}</span>
      <i style={vars({ width: `${width}%` })} />
      <b className="num">{formatNumber(value, { max: 2 })} %</b>
    </div>
  )
}

/** The first few; the others when they are wanted, so that the strip does not push away what is being typed. */
function Reasons({ why }: { why: string[] }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? why : why.slice(0, FEW)
  if (!why.length) return null
  return (
    <ul>
      {shown.map((one) => (
        <li key={one}>{one}</li>
      ))}
      {why.length > FEW && (
        <li>
          <Button type="link" size="small" onClick={() => setAll(!all)}>
            {all ? t('quote.fewer') : t('quote.more', { count: why.length - FEW })}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** How soon the slowest line can be there, by what, and what is promised. */
function Lead({ lead }: { lead: Authority['lead'] }) {
  const { t } = useTranslation()
  if (!lead) return null
  const of = t(`quote.leadOf.${lead.of ?? 'item'}`)
  return (
    <p className="soft" data-testid="lead">
      {t('quote.lead', { days: lead.days, line: lead.line + 1, of })}
      {lead.promised && ` ${t(lead.followed ? 'quote.promisedByLead' : 'quote.promised', { day: lead.promised })}`}
    </p>
  )
}

/** Where the price lies between the floor and the list price. */
function PriceBar({ total, authority }: { total: string; authority: Authority }) {
  const { t } = useTranslation()
  const currency = useCurrency()
  const { full } = authority
  const floor = floorOf(authority)
  if (!full || Number(full) <= 0) return null
  const below = !!floor && Number(total) < Number(floor)
  const said = [
    t('quote.total', { amount: formatShortMoney(total, currency) }),
    floor && t('quote.floorAt', { amount: formatShortMoney(floor, currency) }),
    t('quote.listAt', { amount: formatShortMoney(full, currency) }),
  ].filter(Boolean)
  return (
    <div className={classes('pricebar', below && 'is-below')} role="img" aria-label={said.join(', ')} data-testid="pricebar">
      <div className="pricebar__track" style={vars({ width: `${placeOf(total, full)}%`, floor: `${placeOf(floor ?? '0', full)}%` })}>
        <i />
        {floor && <s />}
      </div>
      <p className="num">
        {said.map((one) => (
          <span key={one}>{one}</span>
        ))}
      </p>
    </div>
  )
}

/** Whose agreement a quote needs before it goes out, in words, and what is left of its price. Follows what is being typed. */
export function AuthorityStrip({ doc, computed }: { doc: Doc; computed: Values | null }) {
  const { t } = useTranslation()
  const shown = computed ?? doc
  const authority = shown._authority as Authority | undefined
  if (!authority || !OPEN.includes(String(doc.state))) return null
  const above = authority.level > 1
  const asked = (names: string[]) => (names.length ? t('quote.asked', { names: formatList(names) }) : t('quote.askedNobody'))
  const [discount, margin, total] = [shownPercent(shown.discount_rate), shownPercent(shown.margin_rate), shownPercent(shown.total)]
  return (
    <section className={classes('panel authority', above && 'is-above')} data-testid="authority">
      <div className="authority__said">
        <SafetyCertificateOutlined />
        <div>
          <b>{above ? t('quote.needs', { name: authority.name }) : t('quote.own')}</b>
          {authority.asked && <p data-testid="asked">{asked(authority.asked)}</p>}
          <Lead lead={authority.lead} />
          <Reasons why={authority.why} />
        </div>
      </div>
      <div className="authority__figures">
        {total !== null && <PriceBar total={total} authority={authority} />}
        <div>
          {discount !== null && <Gauge label={t('quote.discount')} value={discount} />}
          {margin !== null && <Gauge label={t('quote.margin')} value={margin} />}
        </div>
      </div>
      {authority.warnings.map((one) => (
        <Alert
          key={one.detail}
          className="authority__warning"
          type="warning"
          showIcon
          title={one.detail}
          data-testid={`warning-${one.code}`}
        />
      ))}
    </section>
  )
}
