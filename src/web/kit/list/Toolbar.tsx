import { CloseCircleOutlined, FilterOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Drawer, Dropdown, Input, Select, Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Description, Field } from '@/api/types'
import { Counted } from '@/shared/Counted'
import { useDebounced } from '@/shared/useDebounced'
import { usePhone } from '@/shared/useMedia'
import { FilterControl } from './FilterControl'
import { isFiltered, type ListState, otherFilters, shownFilters } from './model'

interface Props {
  description: Description
  state: ListState
  set: (next: ListState) => void
}

function QuickSearch({ description, state, set }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(state.q)
  const settled = useDebounced(typed, 250)
  const [known, setKnown] = useState(state.q)
  if (known !== state.q) {
    setKnown(state.q)
    setTyped(state.q)
  }
  useEffect(() => {
    if (settled === typed && settled !== state.q) {
      setKnown(settled)
      set({ ...state, q: settled })
    }
  }, [settled, typed, state, set])
  return (
    <Input
      allowClear
      className="filter is-search"
      data-testid="search"
      prefix={<SearchOutlined />}
      placeholder={description.search_hint || t('filter.search')}
      aria-label={t('filter.search')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

export function GroupBy({ description, state, set }: Props) {
  const { t } = useTranslation()
  if (description.groups.length === 0) return null
  const options = description.groups.map((name) => ({ value: name, label: description.fields[name]?.label ?? name }))
  return (
    <Select
      allowClear
      className="filter"
      data-testid="group"
      placeholder={t('filter.group')}
      aria-label={t('filter.group')}
      value={state.group || undefined}
      options={options}
      onChange={(group?: string) => set({ ...state, group: group ?? '' })}
    />
  )
}

function MoreFilters({ fields, onAdd }: { fields: Field[]; onAdd: (name: string) => void }) {
  const { t } = useTranslation()
  const items = fields.map((field) => ({ key: field.name, label: field.label, onClick: () => onAdd(field.name) }))
  if (items.length === 0) return null
  return (
    <Dropdown trigger={['click']} menu={{ items, className: 'newmenu' }}>
      <Button type="text" icon={<PlusOutlined />}>
        {t('filter.more')}
      </Button>
    </Dropdown>
  )
}

export function Toolbar(props: Props) {
  const { description, state, set } = props
  const { t } = useTranslation()
  const phone = usePhone()
  const [added, setAdded] = useState<string[]>([])
  const [sheet, setSheet] = useState(false)
  const fields = shownFilters(description, state, added)
  const more = <MoreFilters fields={otherFilters(description, fields)} onAdd={(name) => setAdded([...added, name])} />
  const clear = () => {
    setAdded([])
    set({ ...state, q: '', filters: {} })
  }
  const controls = fields.map((field) => <FilterControl key={field.name} field={field} state={state} set={set} />)
  if (!phone) {
    return (
      <div className="toolbar">
        <QuickSearch {...props} />
        {controls}
        {more}
        {isFiltered(state) && (
          <Tooltip title={t('filter.clear')}>
            <Button type="text" icon={<CloseCircleOutlined />} aria-label={t('filter.clear')} onClick={clear} data-testid="clear-filters" />
          </Tooltip>
        )}
      </div>
    )
  }
  return (
    <div className="toolbar">
      <QuickSearch {...props} />
      <Counted count={Object.keys(state.filters).length}>
        <Button icon={<FilterOutlined />} aria-label={t('filter.title')} data-testid="filters" onClick={() => setSheet(true)} />
      </Counted>
      <Drawer
        open={sheet}
        onClose={() => setSheet(false)}
        placement="bottom"
        size="75%"
        title={t('filter.title')}
        footer={
          <div className="sheet__foot">
            <Button onClick={clear}>{t('filter.clear')}</Button>
            <Button type="primary" onClick={() => setSheet(false)}>
              {t('filter.show')}
            </Button>
          </div>
        }
      >
        <div className="sheet">
          {fields.map((field, i) => (
            <div key={field.name} className="field">
              <span className="soft">{field.label}</span>
              {controls[i]}
            </div>
          ))}
          {more}
          <div className="field">
            <span className="soft">{t('filter.group')}</span>
            <GroupBy {...props} />
          </div>
        </div>
      </Drawer>
    </div>
  )
}
