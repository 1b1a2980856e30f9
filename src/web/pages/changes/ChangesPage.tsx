import { DatePicker, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryString, useLookup, useMeta } from '@/api/queries'
import { River } from '@/kit/document/River'
import { byName } from '@/shared/pinyin'
import { useDebounced } from '@/shared/useDebounced'
import './changes.css'

const DAY = 'YYYY-MM-DD'

/** A colleague, found by typing. */
function PeoplePicker({ label, onChange }: { label: string; onChange: (id: string) => void }) {
  const [text, setText] = useState('')
  const url = useMeta().resources['organization.member']?.url
  const { data } = useLookup(url, queryString({ q: useDebounced(text, 180), limit: 20 }), true)
  return (
    <Select
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      aria-label={label}
      placeholder={label}
      options={data?.rows.map((row) => ({ value: String(row.id), label: row.label }))}
      onChange={(id?: string) => onChange(id ?? '')}
    />
  )
}

/** Who changed what, when, from which value to which: over all documents of the company, for its administrators. */
export default function ChangesPage() {
  const { t } = useTranslation()
  const { menu } = useMeta()
  const [asked, setAsked] = useState({ kind: '', by: '', q: '', from: '', to: '' })
  const ask = (part: Partial<typeof asked>) => setAsked({ ...asked, ...part })
  return (
    <div className="changes">
      <h1>{t('page.changes')}</h1>
      <search className="changes__filters">
        <Select
          allowClear
          showSearch={byName}
          aria-label={t('changes.kind')}
          placeholder={t('changes.kind')}
          options={menu.flatMap((group) => group.items).map((item) => ({ value: item.key, label: item.label }))}
          value={asked.kind || null}
          onChange={(kind) => ask({ kind: kind ?? '' })}
        />
        <PeoplePicker label={t('changes.by')} onChange={(by) => ask({ by })} />
        <Input.Search allowClear aria-label={t('changes.q')} placeholder={t('changes.q')} onSearch={(q) => ask({ q: q.trim() })} />
        <DatePicker.RangePicker
          aria-label={t('changes.days')}
          allowEmpty={[true, true]}
          format={DAY}
          onChange={(days) => ask({ from: days?.[0]?.format(DAY) ?? '', to: days?.[1]?.format(DAY) ?? '' })}
        />
      </search>
      <section className="panel">
        <River url="/api/v1/changes/" query={queryString(asked)} />
      </section>
    </div>
  )
}
