import { Empty } from 'antd'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { usePages } from '@/api/queries'
import type { Doc, Id } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { More } from '@/shared/More'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import './looks.css'

interface Look {
  id: Id
  at: string
  what: string
  verb: string
  kind: string
  document: { _key: string; id: Id; label: string } | null
  label: string
  rows: number | null
  query: string
}

const COLOURS: Record<string, string> = { change: 'gold', print: 'blue', download: 'blue', files: 'blue' }

/** How the screen asks for its list says nothing about what was looked for. */
const OWN = ['limit', 'columns', 'count', 'sum', 'cursor', 'sort', 'format']
const asked = (query: string) =>
  [...new URLSearchParams(query)]
    .filter(([name]) => !OWN.includes(name))
    .map((pair) => pair.join('='))
    .join(', ')

function What({ look, linked }: { look: Look; linked: boolean }) {
  const { t } = useTranslation()
  const { document, rows, query } = look
  const label = document?.label || (document ? `#${document.id}` : look.label)
  return (
    <>
      {look.kind} {document && linked ? <TabLink to={docUrl(document._key, document.id)}>{label}</TabLink> : label}
      {look.what === 'list' && rows !== null && ` ${t('support.rows', { count: rows })}`}
      {query && ' '}
      {query && <small className="soft">{asked(query)}</small>}
    </>
  )
}

/** What an operator looked at and did during a support access, the latest first. */
export function Looks({ doc, linked }: { doc: Doc; linked: boolean }) {
  const { t } = useTranslation()
  const url = `/api/v1/console/support/${doc.id}/looks/`
  const pages = usePages<Look>('looks', url)
  const { data, error, isPending } = pages
  const looks = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section className="panel section" data-testid="looks">
      <h2>{t('support.looks')}</h2>
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {isPending && <Waiting />}
      {data && looks.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('support.noLooks')} />}
      <ol className="looks">
        {looks.map((look) => (
          <li key={look.id}>
            <time dateTime={look.at}>{formatDateTime(look.at)}</time>
            <Tag color={COLOURS[look.what] ?? 'default'}>
              {look.verb || t(`support.what.${look.what}`, { defaultValue: t('support.what.other') })}
            </Tag>
            <span>
              <What look={look} linked={linked} />
            </span>
          </li>
        ))}
      </ol>
      <More pages={pages} />
    </section>
  )
}
