import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useDescription, useMeta } from '@/api/queries'
import type { Doc, RefValue, Rows } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { formatValue } from '@/kit/field/format'
import { formatNumber } from '@/shared/format'
import { docUrl, listUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './quote.css'

const KEY = 'pricing.pricepolicy'
const named = (value: unknown) => (value as RefValue | null)?.label ?? ''

/** The price policies in force for a series, with whom and how many they are for. */
function Policies({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const policies = useMeta().resources[KEY]
  const kind = useDescription(KEY).data?.fields.kind
  const where = { series: doc.id, state: ['published'] }
  const { data } = useQuery({
    queryKey: ['series-policies', doc.id],
    queryFn: () => get<Rows<Doc>>(`/api/v1/pricing/policies/?series=${doc.id}&state=published&limit=20`),
    enabled: !!policies,
  })
  if (!policies || !data) return null
  return (
    <section className="panel effect__panel" data-testid="series-policies">
      <div>
        <b>{policies.plural}</b>
        <TabLink to={listUrl(KEY, where)}>{t('quote.allPolicies')}</TabLink>
      </div>
      {data.rows.length === 0 && <p className="soft">{t('quote.noPolicies')}</p>}
      <ul className="policies">
        {data.rows.map((row) => (
          <li key={row.id}>
            <TabLink to={docUrl(KEY, row.id)}>{String(row.name)}</TabLink>
            <span>{kind && formatValue(kind, row.kind)}</span>
            <span className="num">{formatNumber(row.value)}</span>
            <span className="soft">{[named(row.partner), row.valid_from, row.valid_to].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** 产品系列: the generated form, with the price policies that hold for it. */
export default function SeriesPage() {
  return <DocumentView above={(doc) => <Policies doc={doc} />} />
}
