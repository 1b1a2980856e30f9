import { useQuery } from '@tanstack/react-query'
import { Empty, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { get, patch, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Id, RefValue } from '@/api/types'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { useChange } from '@/kit/useChange'
import { byName } from '@/shared/pinyin'
import './territories.css'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl, newUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Row {
  id: Id
  version: number
  name: string
  department?: RefValue
  regions: RefValue[]
}

const rowsOf = (url: string | undefined, columns: string) => get<{ rows: Row[] }>(`${url}?limit=500&sort=id&columns=${columns}`)

function Served({ kind, columns }: { kind: string; columns: string }) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const { busy, change } = useChange()
  const { url, label, can } = resources[kind] ?? {}
  const { data, error } = useQuery({ queryKey: ['territories', kind], queryFn: () => rowsOf(url, columns), enabled: !!url })
  const { data: regions } = useQuery({
    queryKey: ['territories', 'regions'],
    queryFn: () => rowsOf(resources['organization.region']?.url, 'name'),
  })
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data || !regions) return <Waiting />
  return (
    <Part title={label ?? ''}>
      {data.rows.length === 0 && <p className="soft">{t('field.nothing')}</p>}
      <ul className="part__rows">
        {data.rows.map((row) => (
          <li key={row.id}>
            <span className="territory__who">
              <TabLink to={docUrl(kind, row.id)}>{row.name}</TabLink> <span className="soft">{row.department?.label}</span>
            </span>
            <Select
              mode="multiple"
              className="territory__regions"
              aria-label={t('org.territory.of', { name: row.name })}
              placeholder={t('org.territory.none')}
              loading={busy}
              disabled={!can?.create}
              showSearch={byName}
              value={row.regions.map((one) => one.id)}
              options={regions.rows.map((one) => ({ value: one.id, label: one.name }))}
              onChange={(ids) => void change(() => patch(`${url}${row.id}/`, { version: row.version, regions: ids }))}
            />
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** 部门地区: which regions a department or a post serves. */
export default function TerritoriesPage() {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const { data } = useQuery({ queryKey: ['territories', 'regions'], queryFn: () => rowsOf(resources['organization.region']?.url, 'name') })
  return (
    <Sheet title={t('page.territories')} intro={t('org.territory.intro')} wide>
      {data?.rows.length === 0 && (
        <Empty description={t('org.territory.empty')}>
          <TabLink to={newUrl('organization.region')}>{t('org.territory.newRegion')}</TabLink>
        </Empty>
      )}
      <Served kind="organization.unit" columns="name,regions" />
      {resources['organization.position'] && <Served kind="organization.position" columns="name,department,regions" />}
    </Sheet>
  )
}
