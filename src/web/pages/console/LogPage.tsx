import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Empty, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { queryString, useMeta, usePages } from '@/api/queries'
import type { Option, Rows } from '@/api/types'
import { formatDateTime } from '@/shared/format'
import { More } from '@/shared/More'
import { byName } from '@/shared/pinyin'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { classes } from '@/shared/text'
import { Waiting } from '@/shared/Waiting'
import { useTab } from '@/workspace/TabHost'
import { details, type LogLine } from './model'
import './console.css'

const URL = '/api/v1/console/log/'
const DAY = 'YYYY-MM-DD'

interface Asked {
  kind: string[]
  person: string
  company: string
  what: string
  from: string
  to: string
}
const EVERYTHING: Asked = { kind: [], what: '', person: '', company: '', from: '', to: '' }

function Filters({ asked, ask, everywhere }: { asked: Asked; ask: (next: Asked) => void; everywhere: boolean }) {
  const { t } = useTranslation()
  const { menu, resources } = useMeta()
  const things = menu.flatMap((group) => group.items).filter((item) => resources[item.key])
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
        showSearch={byName}
        value={asked.kind}
        onChange={(kind) => ask({ ...asked, kind })}
      />
      <Select
        allowClear
        aria-label={t('console.log.what')}
        placeholder={t('console.log.what')}
        options={things.map((item) => ({ value: item.key, label: item.label }))}
        showSearch={byName}
        value={asked.what || null}
        onChange={(what) => ask({ ...asked, what: what ?? '' })}
      />
      {search('person')}
      {everywhere && search('company')}
      <DatePicker.RangePicker
        aria-label={t('console.log.days')}
        allowEmpty={[true, true]}
        format={DAY}
        onChange={(days) => ask({ ...asked, from: days?.[0]?.format(DAY) ?? '', to: days?.[1]?.format(DAY) ?? '' })}
      />
    </search>
  )
}

function Line({ line, everywhere }: { line: LogLine; everywhere: boolean }) {
  const { t, i18n } = useTranslation()
  const more = details(line.data, (name) => (i18n.exists(`console.log.data.${name}`) ? t(`console.log.data.${name}`) : name))
  return (
    <li data-testid="log-line">
      <time className="num" dateTime={line.at}>
        {formatDateTime(line.at)}
      </time>
      <Tag color={line.color}>{line.kind_label}</Tag>
      <b>{line.person}</b>
      {everywhere && <span>{line.company}</span>}
      <span className="soft log__more" title={line.agent}>
        {[line.what, more, line.ip].filter(Boolean).join(' · ')}
      </span>
    </li>
  )
}

/** The log: who did what where and when, found by kind, thing, person, company and day. At a company its administrators read their own part. */
export default function LogPage() {
  const { t } = useTranslation()
  const { key } = useTab()
  const everywhere = key === 'log'
  const [asked, ask] = useState(EVERYTHING)
  const query = queryString({ ...asked })
  const pages = usePages<LogLine>('log', URL, query)
  const { data, error, isPending } = pages
  const lines = data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <div className="log">
      <header className="log__head">
        <h1>{t(`page.${key}`)}</h1>
        <Button icon={<DownloadOutlined />} href={`${URL}export/?${query}`} download disabled={lines.length === 0} data-testid="log-export">
          {t('console.log.export')}
        </Button>
      </header>
      <Filters asked={asked} ask={ask} everywhere={everywhere} />
      {error && <Trouble title={problemOf(error).detail} />}
      {!error && (
        <section className="panel">
          {isPending && <Waiting />}
          {!isPending && lines.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('console.log.none')} />}
          <ol className={classes('log__lines', !everywhere && 'log__lines--own')}>
            {lines.map((line) => (
              <Line key={line.id} line={line} everywhere={everywhere} />
            ))}
          </ol>
          <More pages={pages} testId="log-more" />
        </section>
      )}
    </div>
  )
}
