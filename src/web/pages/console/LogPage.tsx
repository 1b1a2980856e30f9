import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Empty, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { queryString, usePages } from '@/api/queries'
import type { Option, Rows } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { details, type LogLine } from './model'
import './console.css'

const URL = '/api/v1/console/log/'
const DAY = 'YYYY-MM-DD'

interface Asked {
  kind: string[]
  person: string
  company: string
  from: string
  to: string
}
const EVERYTHING: Asked = { kind: [], person: '', company: '', from: '', to: '' }

function Filters({ asked, ask }: { asked: Asked; ask: (next: Asked) => void }) {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['log-kinds'], queryFn: () => get<Rows<Option>>(`${URL}kinds/`), staleTime: 300_000 })
  const search = (name: 'person' | 'company') => (
    <Input.Search
      allowClear
      aria-label={t(`console.log.${name}`)}
      placeholder={t(`console.log.${name}`)}
      onSearch={(text) => ask({ ...asked, [name]: text.trim() })}
    />
  )
  return (
    <search className="log__filters">
      <Select
        mode="multiple"
        allowClear
        maxTagCount={1}
        aria-label={t('console.log.kind')}
        placeholder={t('console.log.kind')}
        options={data?.rows}
        showSearch={{ optionFilterProp: 'label' }}
        value={asked.kind}
        onChange={(kind) => ask({ ...asked, kind })}
      />
      {search('person')}
      {search('company')}
      <DatePicker.RangePicker
        aria-label={t('console.log.days')}
        allowEmpty={[true, true]}
        format={DAY}
        onChange={(days) => ask({ ...asked, from: days?.[0]?.format(DAY) ?? '', to: days?.[1]?.format(DAY) ?? '' })}
      />
    </search>
  )
}

function Line({ line }: { line: LogLine }) {
  const { t, i18n } = useTranslation()
  const more = details(line.data, (name) => (i18n.exists(`console.log.data.${name}`) ? t(`console.log.data.${name}`) : name))
  return (
    <li data-testid="log-line">
      <time className="num" dateTime={line.at}>
        {formatDateTime(line.at)}
      </time>
      <Tag color={line.color}>{line.kind_label}</Tag>
      <b>{line.person}</b>
      <span>{line.company}</span>
      <span className="soft log__more" title={line.agent}>
        {[line.what, more, line.ip].filter(Boolean).join(' · ')}
      </span>
    </li>
  )
}

/** The platform's log: who did what where and when, found by kind, person, company and day. */
export default function LogPage() {
  const { t } = useTranslation()
  const [asked, ask] = useState(EVERYTHING)
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = usePages<LogLine>(
    'log',
    URL,
    queryString({ ...asked }),
  )
  const lines = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div className="log">
      <h1>{t('page.log')}</h1>
      <Filters asked={asked} ask={ask} />
      {error && <Trouble title={problemOf(error).detail} />}
      {!error && (
        <section className="panel">
          {isPending && <Waiting />}
          {!isPending && lines.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('console.log.none')} />}
          <ol className="log__lines">
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ol>
          {hasNextPage && (
            <Button type="link" loading={isFetchingNextPage} onClick={() => void fetchNextPage()} data-testid="log-more">
              {t('more')}
            </Button>
          )}
        </section>
      )}
    </div>
  )
}
