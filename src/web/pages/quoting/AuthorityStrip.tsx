import { SafetyCertificateOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Doc, Values } from '@/api/types'
import { formatNumber } from '@/shared/format'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import type { Authority } from './model'
import './quote.css'

const OPEN = ['draft', 'submitted']

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

/** Whose agreement a quote needs before it goes out, in words, and what is left of its price. Follows what is being typed. */
export function AuthorityStrip({ doc, computed }: { doc: Doc; computed: Values | null }) {
  const { t } = useTranslation()
  const shown = computed ?? doc
  const authority = shown._authority as Authority | undefined
  if (!authority || !OPEN.includes(String(doc.state))) return null
  const above = authority.level > 1
  const percent = (name: string) => (typeof shown[name] === 'string' && /^-?[\d.]+$/.test(shown[name]) ? shown[name] : null)
  const [discount, margin] = [percent('discount_rate'), percent('margin_rate')]
  return (
    <section className={classes('panel authority', above && 'is-above')} data-testid="authority">
      <div className="authority__said">
        <SafetyCertificateOutlined />
        <div>
          <b>{above ? t('quote.needs', { name: authority.name }) : t('quote.own')}</b>
          {authority.why.length > 0 && (
            <ul>
              {authority.why.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </div>
      </div>
      <div className="authority__figures">
        {discount !== null && <Gauge label={t('quote.discount')} value={discount} />}
        {margin !== null && <Gauge label={t('quote.margin')} value={margin} />}
      </div>
    </section>
  )
}
