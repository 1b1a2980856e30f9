import { ArrowLeftOutlined, ArrowRightOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Input, InputNumber, Popover, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { moved } from '@/shared/order'
import { byName } from '@/shared/pinyin'
import { useDebounced } from '@/shared/useDebounced'
import { DATES, joined, type Piece, serial, serialOf, taken } from './pattern'
import './pattern.css'

interface Tried {
  rows: { document: string; number: string; taken: string[] }[]
  fields: { value: string; label: string }[]
}

const KINDS = ['text', 'date', 'seq', 'company', 'unit', 'source', 'field', 'check'] as const
const FRESH: Record<Piece['kind'], string> = { text: '-', date: '%Y', seq: '04d', company: '', unit: '', source: '', field: '', check: '' }

interface PieceProps {
  piece: Piece
  fields: Tried['fields']
  onChange: (how: string) => void
}

/** What can be said about one part. */
function Settings({ piece, fields, onChange }: PieceProps) {
  const { t } = useTranslation()
  const { kind, how } = piece
  if (kind === 'text')
    return <Input autoFocus value={how} maxLength={20} aria-label={t('pattern.text')} onChange={(event) => onChange(event.target.value)} />
  if (kind === 'date')
    return (
      <Select
        value={how || '%Y'}
        aria-label={t('pattern.date')}
        options={DATES.map((one) => ({ value: one, label: t(`pattern.dates.${one}`) }))}
        onChange={onChange}
      />
    )
  if (kind === 'field')
    return <Select showSearch={byName} value={how || null} aria-label={t('pattern.field')} options={fields} onChange={onChange} />
  if (kind !== 'seq') return <p className="soft">{t(`pattern.about.${kind}`)}</p>
  const { width, resets } = serial(how)
  return (
    <>
      <label htmlFor="pattern-width">
        {t('pattern.width')}
        <InputNumber id="pattern-width" min={1} max={12} value={width} onChange={(value) => onChange(serialOf(value ?? 1, resets))} />
      </label>
      <label htmlFor="pattern-resets">
        {t('pattern.resets')}
        <Select
          id="pattern-resets"
          value={resets ?? 'all'}
          options={['all', 'date:%Y', 'date:%Y%m', 'date:%Y%m%d', 'unit', 'source', '-'].map((one) => ({
            value: one,
            label: t(`pattern.reset.${one.replace(/\W/g, '') || 'never'}`),
          }))}
          onChange={(value) => onChange(serialOf(width, value === 'all' ? null : value))}
        />
      </label>
    </>
  )
}

function label(piece: Piece, fields: Tried['fields'], t: (key: string) => string): string {
  if (piece.kind === 'text') return piece.how || '…'
  if (piece.kind === 'date') return t(`pattern.dates.${piece.how || '%Y'}`)
  if (piece.kind === 'seq') return `${t('pattern.seq')} ${'0'.repeat(serial(piece.how).width - 1)}1`
  if (piece.kind === 'field') return fields.find(({ value }) => value === piece.how)?.label ?? (piece.how || t('pattern.field'))
  return t(`pattern.${piece.kind}`)
}

/** What the rule makes of the newest documents, and what is in its way. */
function Trial({ data, error }: { data: Tried | undefined; error: unknown }) {
  const { t } = useTranslation()
  if (error) return <p className="field__error">{problemOf(error).detail}</p>
  if (!data) return null
  return (
    <ul className="pattern__trial" data-testid="pattern-trial">
      {data.rows.map((row) => (
        <li key={row.document}>
          <span className="soft">{row.document ? t('pattern.like', { document: row.document }) : t('pattern.today')}</span>
          <b>{row.number}</b>
          {row.taken.length > 0 && <span className="field__error">{t('pattern.taken', { numbers: row.taken.join(', ') })}</span>}
        </li>
      ))}
    </ul>
  )
}

/** How documents are numbered, put together of parts and tried out on real documents while one types. */
export default function PatternInput({ id, field, value, invalid, onChange, context }: InputProps) {
  const { t } = useTranslation()
  const pattern = String(value ?? '')
  const asked = useDebounced(`${context?.('resource') ?? ''} ${pattern}`, 300)
  const [resource = '', text = ''] = asked.split(/ (.*)/s)
  const { data, error } = useQuery({
    queryKey: ['numbering', resource, text],
    queryFn: () => post<Tried>('/api/v1/organization/numbering/preview/', { resource, pattern: text }),
    enabled: resource !== '' && text !== '',
    placeholderData: (before) => before,
  })
  const pieces = taken(pattern)
  const fields = data?.fields ?? []
  const readonly = !!field.readonly
  const put = (next: Piece[]) => onChange(joined(next))
  return (
    <div className="pattern" id={id} aria-invalid={invalid} data-testid="pattern">
      <div className="pattern__pieces">
        {pieces.map((piece, index) => (
          <Popover
            key={index}
            trigger="click"
            title={t(`pattern.${piece.kind}`)}
            content={
              <div className="pattern__settings">
                <Settings
                  piece={piece}
                  fields={fields}
                  onChange={(how) => put(pieces.map((one, at) => (at === index ? { ...one, how } : one)))}
                />
                <div>
                  <Button
                    size="small"
                    icon={<ArrowLeftOutlined />}
                    aria-label={t('pattern.left')}
                    disabled={index === 0}
                    onClick={() => put(moved(pieces, index, -1))}
                  />
                  <Button
                    size="small"
                    icon={<ArrowRightOutlined />}
                    aria-label={t('pattern.right')}
                    disabled={index === pieces.length - 1}
                    onClick={() => put(moved(pieces, index, 1))}
                  />
                  <Button
                    size="small"
                    danger
                    icon={<DeleteOutlined />}
                    aria-label={t('pattern.remove')}
                    onClick={() => put(pieces.filter((_one, at) => at !== index))}
                  />
                </div>
              </div>
            }
          >
            <button type="button" className={`piece is-${piece.kind}`} disabled={readonly}>
              {label(piece, fields, t)}
            </button>
          </Popover>
        ))}
        {!readonly && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: KINDS.filter((kind) => !['seq', 'check'].includes(kind) || !pieces.some((piece) => piece.kind === kind)).map(
                (kind) => ({
                  key: kind,
                  label: t(`pattern.${kind}`),
                  onClick: () => put([...pieces, { kind, how: FRESH[kind] }]),
                }),
              ),
            }}
          >
            <Button size="small" type="dashed" icon={<PlusOutlined />}>
              {t('pattern.add')}
            </Button>
          </Dropdown>
        )}
      </div>
      <Input
        className="pattern__text"
        value={pattern}
        maxLength={120}
        disabled={readonly}
        aria-label={field.label}
        status={invalid ? 'error' : ''}
        onChange={(event) => onChange(event.target.value)}
      />
      <Trial data={data} error={error} />
    </div>
  )
}
