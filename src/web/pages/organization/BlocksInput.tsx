import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Empty, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { moved } from '@/shared/order'
import { useDebounced } from '@/shared/useDebounced'
import { Waiting } from '@/shared/Waiting'
import { useTab } from '@/workspace/TabHost'
import { Settings, type SettingsProps } from './BlockSettings'
import { type Block, KINDS, type Tried } from './blocks'
import { PaperChoice, type Shown } from './PaperChoice'
import './blocks.css'

interface CardProps extends SettingsProps {
  first: boolean
  last: boolean
  move: (by: number) => void
  remove: () => void
}

function Card({ first, last, move, remove, ...settings }: CardProps) {
  const { t } = useTranslation()
  const { block, readonly, put } = settings
  const titled = !['break', 'signatures', 'sums', 'ready'].includes(block.kind)
  return (
    <li className="block" data-testid={`block-${block.kind}`}>
      <div className="block__head">
        <b>{t(`blocks.${block.kind}`)}</b>
        {titled &&
          (['title', 'title_en'] as const).map((name) => (
            <Input
              key={name}
              size="small"
              variant="borderless"
              disabled={readonly}
              aria-label={t(name === 'title' ? 'blocks.title' : 'blocks.titleEn')}
              placeholder={t(name === 'title' ? 'blocks.title' : 'blocks.titleEn')}
              value={block[name] ?? ''}
              onChange={(event) => put({ [name]: event.target.value })}
            />
          ))}
        {!readonly && (
          <span className="block__tools">
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              disabled={first}
              aria-label={t('blocks.up')}
              onClick={() => move(-1)}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              disabled={last}
              aria-label={t('blocks.down')}
              onClick={() => move(1)}
            />
            <Button type="text" size="small" danger icon={<DeleteOutlined />} aria-label={t('blocks.remove')} onClick={remove} />
          </span>
        )}
      </div>
      <Settings {...settings} />
    </li>
  )
}

/** The pages as they will come out of the printer, filled with the newest document. */
function Pages({ data, error }: { data: Tried | undefined; error: unknown }) {
  const { t } = useTranslation()
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return <Waiting lines={6} />
  if (data.pages.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('blocks.noDocument')} />
  return (
    <>
      {data.pages.map((page, index) => (
        <img key={page.slice(-40)} src={`data:image/png;base64,${page}`} alt={t('blocks.page', { n: index + 1 })} />
      ))}
    </>
  )
}

/** A printed form put together of blocks; beside it the paper, filled with a real document while one works. */
export default function BlocksInput({ id, field, value, invalid, onChange, context }: InputProps) {
  const { t } = useTranslation()
  const resource = String(context?.('resource') ?? '')
  const blocks = Array.isArray(value) ? (value as Block[]) : []
  const [shown, setShown] = useState<Shown>({})
  const tab = useTab()
  const template = Number(tab.id) || undefined
  const meant = String(context?.('language') || '') || undefined
  const language = shown.language ?? meant
  const asked = useDebounced(
    JSON.stringify({
      resource,
      name: context?.('name') ?? '',
      name_en: context?.('name_en') ?? '',
      blocks,
      seal: context?.('seal') ?? {},
      template,
      language,
      document: shown.document?.id,
    }),
    500,
  )
  const { data, error } = useQuery({
    queryKey: ['print try', asked],
    queryFn: () => post<Tried>('/api/v1/print-templates/try/', JSON.parse(asked)),
    enabled: resource !== '',
    placeholderData: (before) => before,
  })
  const readonly = !!field.readonly
  const suggested = data?.blocks
  useEffect(() => {
    if (!readonly && blocks.length === 0 && suggested?.length && JSON.parse(asked).resource === resource) onChange(suggested)
  }, [readonly, blocks.length, suggested, asked, resource, onChange])
  if (!resource) return <p className="soft">{t('blocks.choose')}</p>
  const ready = data?.parts.ready ?? []
  const alone = blocks[0]?.kind === 'ready' && ready.some((one) => one.value === blocks[0]?.form && one.alone)
  const added = (kind: Block['kind']): Block[] => {
    const block = { kind, ...(kind === 'ready' && { form: ready[0]?.value }) }
    return kind === 'ready' && ready[0]?.alone ? [block] : [...blocks, block]
  }
  const put = (index: number, part: Partial<Block>) => onChange(blocks.map((one, at) => (at === index ? { ...one, ...part } : one)))
  return (
    <div className="blocks" id={id} aria-invalid={invalid} data-testid="blocks">
      <div>
        <ul>
          {blocks.map((block, index) => (
            <Card
              key={`${index} ${block.kind}`}
              block={block}
              parts={data?.parts ?? { fields: [], lines: [], ready: [], states: [] }}
              readonly={readonly}
              first={index === 0}
              last={index === blocks.length - 1}
              put={(part) => put(index, part)}
              move={(by) => onChange(moved(blocks, index, by))}
              remove={() => onChange(blocks.filter((_one, at) => at !== index))}
            />
          ))}
        </ul>
        {!readonly && !alone && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: KINDS.filter((kind) => kind !== 'ready' || !!data?.parts.ready.length).map((kind) => ({
                key: kind,
                label: t(`blocks.${kind}`),
                onClick: () => onChange(added(kind)),
              })),
            }}
          >
            <Button type="dashed" block icon={<PlusOutlined />}>
              {t('blocks.add')}
            </Button>
          </Dropdown>
        )}
      </div>
      <div className="blocks__paper" data-testid="paper">
        <PaperChoice resource={resource} shown={{ ...shown, language }} onChange={setShown} />
        <Pages data={data} error={error} />
      </div>
    </div>
  )
}
