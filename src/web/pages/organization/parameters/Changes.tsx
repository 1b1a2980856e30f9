import { useTranslation } from 'react-i18next'
import { usePages } from '@/api/queries'
import { Part } from '@/kit/sheet/Sheet'
import { formatDateTime } from '@/shared/format'
import { More } from '@/shared/More'
import type { Change } from './model'

/** Who changed which parameter when. */
export function Changes() {
  const { t } = useTranslation()
  const pages = usePages<Change>('parameter changes', '/api/v1/organization/parameters/changes/')
  const { data } = pages
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  if (rows.length === 0) return null
  return (
    <Part title={t('org.parameter.changes')}>
      <ul className="part__rows">
        {rows.map((row) => (
          <li key={row.id}>
            <b>{row.label}</b>
            <span className="soft">
              {t(`org.parameter.${row.verb}`)}
              {row.value && ` ${row.value[0] ?? '—'} → ${row.value[1] ?? '—'}`}
            </span>
            <span>{row.by?.label}</span>
            <time className="soft" dateTime={row.at}>
              {formatDateTime(row.at)}
            </time>
          </li>
        ))}
      </ul>
      <More pages={pages} />
    </Part>
  )
}
