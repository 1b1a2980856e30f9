import { FilePdfOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post, problemOf } from '@/api/http'
import { formatCurrency, formatNumber } from '@/shared/format'
import { language, setLanguage } from '@/shared/i18n'
import { Answer } from './Answer'
import { Lines } from './Lines'
import type { Offer } from './model'
import { Talk } from './Talk'
import './quotelink.css'

const secretOf = (path: string) => path.split('/').filter(Boolean)[1] ?? ''

function Standing({ offer, url }: { offer: Offer; url: string }) {
  const { t } = useTranslation()
  const [trouble, setTrouble] = useState('')
  if (offer.standing === 'open') return null
  const newer = () =>
    post<{ secret: string }>(`${url}newer/`, {}).then(
      ({ secret }) => location.assign(`/q/${secret}`),
      (error: unknown) => setTrouble(problemOf(error).detail),
    )
  return (
    <Alert
      showIcon
      type={offer.standing === 'accepted' ? 'success' : 'warning'}
      title={t(`offer.${offer.what === 'contract' ? 'signing' : 'standing'}.${offer.standing}`, { name: offer.signed_by })}
      description={trouble}
      data-testid="standing"
      action={
        offer.standing === 'superseded' &&
        offer.what === 'quote' && (
          <Button type="primary" disabled={!offer.newer} onClick={() => void newer()}>
            {t(offer.newer ? 'offer.toNew' : 'offer.newSoon')}
          </Button>
        )
      }
    />
  )
}

function Terms({ offer }: { offer: Offer }) {
  const { t } = useTranslation()
  const told = [
    [t('offer.payment'), offer.payment.join(' · ')],
    [t('offer.delivery'), offer.delivery_days === undefined ? offer.delivery_date : t('offer.days', { n: offer.delivery_days })],
    [t('offer.warranty'), t('offer.months', { n: offer.warranty_months })],
    [t('offer.validUntil'), offer.valid_until],
    [t('offer.remark'), offer.remark],
  ].filter(([, value]) => value)
  return (
    <dl className="offer__terms">
      {told.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What both agree on besides goods and money. */
function Clauses({ offer }: { offer: Offer }) {
  if (!offer.clauses?.length) return null
  return (
    <ol className="offer__clauses">
      {offer.clauses.map((clause) => (
        <li key={clause.title + clause.text}>
          <b>{clause.title}</b>
          <p>{clause.text}</p>
        </li>
      ))}
    </ol>
  )
}

/** What a customer sees of a quote or a contract behind the link in their mail; made for a phone first. */
export default function QuoteLinkPage() {
  const { t } = useTranslation()
  const url = `/api/v1/quoting/links/${encodeURIComponent(secretOf(location.pathname))}/`
  const [offer, setOffer] = useState<Offer | null>(null)
  const [trouble, setTrouble] = useState('')
  useEffect(() => {
    get<Offer>(url).then(setOffer, (error: unknown) => setTrouble(problemOf(error).detail))
  }, [url])
  useEffect(() => {
    if (offer) document.title = `${offer.number} · ${offer.company}`
  }, [offer])
  const money = (value: string) => formatCurrency(value, offer?.currency)
  if (trouble) return <main className="offer">{<Alert type="warning" showIcon title={trouble} data-testid="problem" />}</main>
  if (!offer) return null
  const put = (next: Offer) => setOffer({ ...next, reasons: offer.reasons })
  return (
    <main className="offer">
      <header className="offer__head">
        <div>
          <p>{offer.company}</p>
          <h1>{offer.title || t('offer.title')}</h1>
          <p className="offer__sub">
            {offer.number} · {offer.customer}
          </p>
        </div>
        <Button type="text" size="small" onClick={() => void setLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
          {t('otherLanguage')}
        </Button>
      </header>
      <Standing offer={offer} url={url} />
      <section className="offer__total">
        <span>{t('offer.total')}</span>
        <b data-testid="total">{money(offer.total)}</b>
        <small>{t('offer.vat', { net: money(offer.net_total), tax: money(offer.tax_total) })}</small>
      </section>
      <Lines lines={offer.lines} money={money} number={(value) => formatNumber(value)} />
      <Terms offer={offer} />
      <Clauses offer={offer} />
      <Button icon={<FilePdfOutlined />} href={`${url}paper/`} target="_blank" rel="noopener" block>
        {t('offer.pdf')}
      </Button>
      {offer.standing === 'open' && <Answer url={url} offer={offer} onDone={put} />}
      <Talk url={url} talk={offer.talk} onDone={put} />
    </main>
  )
}
