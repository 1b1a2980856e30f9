import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { byName } from '@/shared/pinyin'
import type { Block, Tried } from './blocks'

export interface SettingsProps {
  block: Block
  parts: Tried['parts']
  readonly: boolean
  put: (part: Partial<Block>) => void
}

/** What can be said about a block. */
export function Settings({ block, parts, readonly, put }: SettingsProps) {
  const { t } = useTranslation()
  const many = (label: string, value: string[], options: { value: string; label: string }[], change: (names: string[]) => void) => (
    <Select
      mode={options.length > 0 ? 'multiple' : 'tags'}
      size="small"
      disabled={readonly}
      aria-label={label}
      placeholder={label}
      value={value}
      options={options}
      showSearch={byName}
      onChange={change}
    />
  )
  if (block.kind === 'facts' || block.kind === 'sums') {
    const fields = parts.fields.filter((field) => block.kind === 'facts' || ['money', 'decimal', 'price'].includes(field.type))
    return many(t('blocks.fields'), block.fields ?? [], fields, (names) => put({ fields: names }))
  }
  if (block.kind === 'lines') {
    const chosen = parts.lines.find(({ value }) => value === block.lines)
    return (
      <>
        <Select
          size="small"
          disabled={readonly}
          aria-label={t('blocks.which')}
          showSearch={byName}
          value={block.lines ?? null}
          options={parts.lines}
          onChange={(lines) =>
            put({ lines, columns: parts.lines.find(({ value }) => value === lines)?.columns.map(({ value }) => value) ?? [] })
          }
        />
        {many(t('blocks.columns'), Array.isArray(block.columns) ? block.columns : [], chosen?.columns ?? [], (names) =>
          put({ columns: names }),
        )}
      </>
    )
  }
  if (block.kind === 'text')
    return (['text', 'text_en'] as const).map((name) => (
      <Input.TextArea
        key={name}
        autoSize={{ minRows: name === 'text' ? 2 : 1, maxRows: 12 }}
        disabled={readonly}
        aria-label={t(name === 'text' ? 'blocks.text' : 'blocks.textEn')}
        placeholder={t(name === 'text' ? 'blocks.textHint' : 'blocks.textEn')}
        value={block[name] ?? ''}
        onChange={(event) => put({ [name]: event.target.value })}
      />
    ))
  if (block.kind === 'signatures')
    return (
      <>
        {many(t('blocks.names'), block.names ?? [], [], (names) => put({ names }))}
        {many(t('blocks.namesEn'), block.names_en ?? [], [], (names) => put({ names_en: names }))}
      </>
    )
  if (block.kind === 'ready')
    return (
      <Select
        size="small"
        disabled={readonly}
        aria-label={t('blocks.ready')}
        placeholder={t('blocks.ready')}
        showSearch={byName}
        value={block.form ?? null}
        options={parts.ready}
        onChange={(form) => put({ form })}
      />
    )
  return null
}
