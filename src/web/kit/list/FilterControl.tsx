import { CalendarOutlined } from '@ant-design/icons'
import { Input, Select } from 'antd'
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryString, useLookup, useMeta } from '@/api/queries'
import type { Field, FieldType } from '@/api/types'
import { byName } from '@/shared/pinyin'
import { isNumeric, parseNumber } from '../field/parse'
import { pathOf } from '../field/path'
import { useOptions } from '../field/useOptions'
import { isActive, type ListState, withFilter } from './model'

export interface FilterProps {
  field: Field
  state: ListState
  set: (next: ListState) => void
}

function ChoiceFilter({ field, state, set }: FilterProps) {
  const { t } = useTranslation()
  const options =
    field.type === 'bool'
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : field.options
  return (
    <Select
      mode="multiple"
      allowClear
      maxTagCount={1}
      className="filter"
      placeholder={field.label}
      aria-label={field.label}
      value={state.filters[pathOf(field)] ?? []}
      options={options}
      showSearch={byName}
      onChange={(values) => set(withFilter(state, pathOf(field), values))}
    />
  )
}

function ReferenceFilter({ field, state, set }: FilterProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { text, setText, rows } = useOptions({ ...field, lookup: undefined }, open)
  const chosen = state.filters[pathOf(field)] ?? []
  const url = useMeta().resources[field.resource ?? '']?.url
  const { data: named } = useLookup(url, queryString({ id: chosen, limit: chosen.length || 1 }), chosen.length > 0)
  const known = new Map([...(chosen.length ? (named?.rows ?? []) : []), ...rows].map((row) => [String(row.id), row.label]))
  for (const id of chosen) if (!known.has(id)) known.set(id, '…')
  return (
    <Select
      mode="multiple"
      allowClear
      maxTagCount={1}
      className="filter is-ref"
      placeholder={field.label}
      aria-label={field.label}
      value={chosen}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      options={[...known].map(([value, label]) => ({ value, label }))}
      notFoundContent={t('field.nothing')}
      onOpenChange={setOpen}
      popupMatchSelectWidth={280}
      onChange={(values) => set(withFilter(state, pathOf(field), values))}
    />
  )
}

const DateFilter = lazy(() => import('./DateFilter'))

/** The calendar is large: it comes when a range is wanted, and until then a field of the same look stands in for it. */
function SleepingDateFilter(props: FilterProps) {
  const { t } = useTranslation()
  const { field, state } = props
  const used = isActive(state, field)
  const [awake, setAwake] = useState(used)
  const stand = (
    <button type="button" className="filter is-date filter__asleep" onClick={() => setAwake(true)}>
      <span>{field.label}</span>
      <span>→ {t('filter.until')}</span>
      <CalendarOutlined />
    </button>
  )
  return awake || used ? (
    <Suspense fallback={stand}>
      <DateFilter {...props} eager={awake && !used} />
    </Suspense>
  ) : (
    stand
  )
}

/** Text is applied when it is finished, not at every stroke. */
function Entry({ label, value, onDone }: { label: string; value: string; onDone: (text: string) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const done = () => {
    if (typed !== null && typed !== value) onDone(typed)
    setTyped(null)
  }
  return (
    <Input
      allowClear
      className="filter is-text"
      placeholder={label}
      aria-label={label}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.target.value)
        if (event.target.value === '' && value) onDone('')
      }}
      onPressEnter={done}
      onBlur={done}
    />
  )
}

function NumberFilter({ field, state, set }: FilterProps) {
  const names = [`${pathOf(field)}__gte`, `${pathOf(field)}__lte`] as const
  return (
    <span className="filter__range">
      {names.map((name, i) => (
        <Entry
          key={name}
          label={`${field.label} ${i === 0 ? '≥' : '≤'}`}
          value={state.filters[name]?.[0] ?? ''}
          onDone={(text) => {
            const number = parseNumber(text)
            set(withFilter(state, name, number === null ? [] : [number]))
          }}
        />
      ))}
    </span>
  )
}

function TextFilter({ field, state, set }: FilterProps) {
  return (
    <Entry
      label={field.label}
      value={state.filters[pathOf(field)]?.[0] ?? ''}
      onDone={(text) => set(withFilter(state, pathOf(field), text ? [text] : []))}
    />
  )
}

const controls: Partial<Record<FieldType, ComponentType<FilterProps>>> = {
  state: ChoiceFilter,
  choice: ChoiceFilter,
  choices: ChoiceFilter,
  bool: ChoiceFilter,
  ref: ReferenceFilter,
  refs: ReferenceFilter,
  member: ReferenceFilter,
  unit: ReferenceFilter,
  date: SleepingDateFilter,
  datetime: SleepingDateFilter,
}

export function FilterControl(props: FilterProps) {
  const Control = controls[props.field.type] ?? (isNumeric(props.field) ? NumberFilter : TextFilter)
  return <Control {...props} />
}
