import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { useDescription } from '@/api/queries'
import type { Doc, RefValue } from '@/api/types'
import { DocumentView } from '@/kit/document/DocumentPage'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './versions.css'

interface Version {
  id: number
  edition: number
  state: string
  remark: string
  /** The day from which it is in its state. */
  since: string
  published_on: string | null
  published_by: RefValue | null
}

const KEY = 'selection.ruleset'

/** The versions of a table, each one press away: which is in use, since when, who put it into use. */
function Versions({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const states = useDescription(KEY).data?.states
  const { data } = useQuery({
    queryKey: ['selection', 'versions', doc.id, doc.version],
    queryFn: () => get<{ rows: Version[] }>(`/api/v1/selection/rule-sets/${doc.id}/versions/`),
    placeholderData: (before) => before,
  })
  if (!data || data.rows.length < 2) return null
  const told = (row: Version) =>
    [
      row.published_on && t('selection.released', { day: row.published_on, who: row.published_by?.label ?? t('selection.somebody') }),
      row.since !== row.published_on && t('selection.since', { day: row.since }),
      row.remark,
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <section className="panel versions" aria-label={t('selection.versions')} data-testid="versions">
      <h2>{t('selection.versions')}</h2>
      <ol>
        {data.rows.map((row) => {
          const state = states?.find((one) => one.value === row.state)
          return (
            <li key={row.id} aria-current={row.id === doc.id || undefined}>
              {row.id === doc.id ? <b>v{row.edition}</b> : <TabLink to={docUrl(KEY, row.id)}>v{row.edition}</TabLink>}
              <Tag color={state?.color}>{state?.label ?? row.state}</Tag>
              <span className="soft">{told(row)}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** 选型表: the generated form, with its versions above. */
export default function TablePage() {
  return <DocumentView above={(doc) => <Versions doc={doc} />} />
}
