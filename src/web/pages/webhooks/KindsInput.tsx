import { RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'
import { fits } from '@/shared/pinyin'
import { Tag } from '@/shared/Tag'
import { Waiting } from '@/shared/Waiting'
import { covers, EVERYTHING, type Kind, loose, patternsOf, ticked, URL } from './model'
import './webhooks.css'

interface RowProps {
  kind: Kind
  patterns: string[]
  readonly: boolean
  tick: (pattern: string, on: boolean) => void
}

/** A kind of document: all that happens to it with one tick, or its events one by one. */
function Row({ kind, patterns, readonly, tick }: RowProps) {
  const { t } = useTranslation()
  const all = `${kind.key}.*`
  const how = covers(patterns, all)
  const some = kind.events.filter((event) => patterns.includes(event.kind))
  const [open, setOpen] = useState(some.length > 0)
  return (
    <li>
      <div className="kinds__head">
        <Checkbox
          aria-label={t('webhook.allOf', { what: kind.label })}
          checked={!!how}
          indeterminate={!how && some.length > 0}
          disabled={readonly || how === 'wider'}
          onChange={({ target }) => tick(all, target.checked)}
        />
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {kind.label} <RightOutlined />
        </button>
        {!how && some.length > 0 && <span className="soft">{t('webhook.chosen', { count: some.length })}</span>}
      </div>
      {open && (
        <div className="kinds__events">
          {kind.events.map((event) => (
            <Checkbox
              key={event.kind}
              checked={!!covers(patterns, event.kind)}
              disabled={readonly || !!how}
              onChange={({ target }) => tick(event.kind, target.checked)}
            >
              {event.label}
            </Checkbox>
          ))}
        </div>
      )}
    </li>
  )
}

/** What another program is told of: everything, kinds of documents, or single events. */
export default function KindsInput({ id, field, value, invalid, onChange }: InputProps) {
  const { t } = useTranslation()
  const { menu } = useMeta()
  const [search, setSearch] = useState('')
  const { data, error } = useQuery({
    queryKey: ['webhook kinds'],
    queryFn: () => get<{ rows: Kind[] }>(`${URL}kinds/`),
    staleTime: 300_000,
  })
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={3} />
  const patterns = patternsOf(value)
  const readonly = !!field.readonly
  const tick = (pattern: string, on: boolean) => onChange(ticked(patterns, pattern, on).join(' '))
  const everything = patterns.includes(EVERYTHING)
  const places = menu.flatMap((group) => group.items.map((item) => item.key))
  const place = ({ key }: Kind) => (places.indexOf(key) + places.length + 1) % (places.length + 1)
  const shown = data.rows.filter(({ label }) => fits(label, search)).sort((one, other) => place(one) - place(other))
  return (
    <div className="kinds" id={id} aria-invalid={invalid} data-testid="kinds">
      <div className="kinds__top">
        <Checkbox checked={everything} disabled={readonly} onChange={({ target }) => tick(EVERYTHING, target.checked)}>
          {t('webhook.everything')}
        </Checkbox>
        {loose(patterns, data.rows).map((pattern) => (
          <Tag key={pattern}>
            {pattern}{' '}
            {!readonly && (
              <button type="button" aria-label={t('webhook.without', { pattern })} onClick={() => tick(pattern, false)}>
                ×
              </button>
            )}
          </Tag>
        ))}
        <Input.Search
          size="small"
          allowClear
          placeholder={t('webhook.find')}
          aria-label={t('webhook.find')}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <ul>
        {shown.map((kind) => (
          <Row key={kind.key} kind={kind} patterns={patterns} readonly={readonly} tick={tick} />
        ))}
      </ul>
      {shown.length === 0 && <p className="soft">{t('webhook.noKind')}</p>}
    </div>
  )
}
