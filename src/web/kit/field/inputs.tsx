import { DatePicker, Input, type InputRef, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrency } from '@/shared/currency'
import { currencySign } from '@/shared/format'
import { byName } from '@/shared/pinyin'
import { editText, formatValue } from './format'
import type { InputProps } from './overlays'
import { isRaw, parseText } from './parse'

const text = (value: unknown) => (value === null || value === undefined ? '' : isRaw(value) ? value.raw : String(value))
const orNull = (value: string) => (value === '' ? null : value)

export function TextInput({ field, value, onChange, id, invalid }: InputProps) {
  const modes = { email: 'email', phone: 'tel', url: 'url' } as const
  return (
    <Input
      id={id}
      value={text(value)}
      status={invalid ? 'error' : ''}
      inputMode={modes[field.type as keyof typeof modes]}
      onChange={(event) => onChange(orNull(event.target.value))}
    />
  )
}

export function LongInput({ value, onChange, id, invalid }: InputProps) {
  return (
    <Input.TextArea
      id={id}
      value={text(value)}
      status={invalid ? 'error' : ''}
      autoSize={{ minRows: 2, maxRows: 10 }}
      onChange={(event) => onChange(orNull(event.target.value))}
    />
  )
}

/** Shows a figure as it is read, and takes it as it is typed: separators, full-width digits, 万. Typing replaces what stood there. */
export function NumberInput({ field, value, onChange, id, invalid }: InputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const input = useRef<InputRef>(null)
  const focused = typed !== null
  const currency = useCurrency(field)
  useLayoutEffect(() => {
    if (focused) input.current?.select()
  }, [focused])
  return (
    <Input
      ref={input}
      id={id}
      className="input--num"
      inputMode="decimal"
      status={invalid || isRaw(value) ? 'error' : ''}
      prefix={field.type === 'money' || field.type === 'price' ? currencySign(currency) : undefined}
      suffix={field.type === 'percent' ? '%' : undefined}
      value={typed ?? formatValue(field, value).replace('%', '')}
      onMouseDown={(event) => {
        if (focused) return
        event.preventDefault() // the press would set the cursor and undo the selection
        input.current?.focus()
      }}
      onFocus={() => setTyped(editText(field, value))}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(parseText(event.target.value, field))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

export function DateInput({ field, value, onChange, id, invalid }: InputProps) {
  const timed = field.type === 'datetime'
  const day = typeof value === 'string' && value ? dayjs(value) : null
  return (
    <DatePicker
      id={id}
      className="input--full"
      status={invalid ? 'error' : ''}
      showTime={timed ? { format: 'HH:mm' } : false}
      format={timed ? 'YYYY-MM-DD HH:mm' : { format: 'YYYY-MM-DD', type: 'mask' }}
      value={day?.isValid() ? day : null}
      onChange={(next) => onChange(next && !Array.isArray(next) ? (timed ? next.format() : next.format('YYYY-MM-DD')) : null)}
    />
  )
}

export function BoolInput({ value, onChange, id }: InputProps) {
  return <Switch id={id} checked={value === true} onChange={onChange} />
}

export function ChoiceInput({ field, value, onChange, id, invalid }: InputProps) {
  return (
    <Select
      id={id}
      className="input--full"
      allowClear={!field.required}
      showSearch={(field.options?.length ?? 0) > 8 ? byName : false}
      status={invalid || isRaw(value) ? 'error' : ''}
      value={isRaw(value) ? value.raw : ((value as string | null) ?? undefined)}
      options={field.options}
      onChange={(next) => onChange(next ?? null)}
    />
  )
}

export function ChoicesInput({ field, value, onChange, id, invalid }: InputProps) {
  return (
    <Select
      id={id}
      mode={field.options ? 'multiple' : 'tags'}
      className="input--full"
      status={invalid ? 'error' : ''}
      value={Array.isArray(value) ? (value as string[]) : []}
      options={field.options}
      showSearch={byName}
      onChange={onChange}
    />
  )
}

/** Structured data without a screen of its own: shown as text, taken back only when it can be read. */
export function JsonInput({ value, onChange, id, invalid }: InputProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? (value === null || value === undefined ? '' : isRaw(value) ? value.raw : JSON.stringify(value, null, 2))
  const take = (next: string) => {
    setTyped(next)
    try {
      onChange(next.trim() ? JSON.parse(next) : null)
    } catch {
      onChange({ raw: next })
    }
  }
  return (
    <Input.TextArea
      id={id}
      className="input--code"
      aria-label={t('field.json')}
      status={invalid || isRaw(value) ? 'error' : ''}
      autoSize={{ minRows: 3, maxRows: 16 }}
      value={shown}
      onChange={(event) => take(event.target.value)}
      onBlur={() => setTyped(null)}
    />
  )
}
