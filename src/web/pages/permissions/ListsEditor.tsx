import { DeleteOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import type { Field } from '@/api/types'
import { byName } from '@/shared/pinyin'
import type { Arrangement, Screen } from './catalogue'
import type { EditorProps } from './ScreensInput'

/** Filters whose values are picked among documents or days: nothing that a role says for good. */
const PICKED = ['ref', 'refs', 'member', 'unit', 'date', 'datetime']

type Shown = NonNullable<Arrangement['lists']>[string]

function FilterBox({ field, value, set }: { field: Field; value: string[]; set: (value: string[]) => void }) {
  return (
    <span className="listedit__filter">
      <span>{field.label}</span>
      {field.options ? (
        <Select
          showSearch={byName}
          mode="multiple"
          allowClear
          aria-label={field.label}
          value={value}
          options={field.options}
          onChange={set}
        />
      ) : (
        <Input aria-label={field.label} value={value[0] ?? ''} onChange={(event) => set(event.target.value ? [event.target.value] : [])} />
      )}
    </span>
  )
}

interface OneProps {
  screen: Screen
  shown: Shown
  readonly: boolean
  change: (shown: Shown | null) => void
}

/** How one list begins: its columns in their order, its filters, what it is sorted by. */
function OneList({ screen, shown, readonly, change }: OneProps) {
  const { t } = useTranslation()
  const { data } = useDescription(screen.key)
  const fields = screen.fields.filter(({ name }) => !name.includes('.'))
  const options = fields.map(({ name, label }) => ({ value: name, label }))
  const orders = fields.flatMap(({ name, label }) => [
    { value: name, label: `${label} ↑` },
    { value: `-${name}`, label: `${label} ↓` },
  ])
  const filters = screen.filters.flatMap((name) => data?.fields[name] ?? []).filter(({ type }) => !PICKED.includes(type))
  const values = (name: string) => [shown.filters?.[name] ?? []].flat()
  const setFilter = (name: string, value: string[]) => {
    const { [name]: _before, ...rest } = shown.filters ?? {}
    change({ ...shown, filters: value.length ? { ...rest, [name]: value } : rest })
  }
  return (
    <section className="listedit__one">
      <header>
        <b>{screen.label}</b>
        {!readonly && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('permission.usualList', { name: screen.label })}
            onClick={() => change(null)}
          />
        )}
      </header>
      <Select
        mode="multiple"
        disabled={readonly}
        aria-label={t('permission.columns')}
        placeholder={t('permission.columns')}
        showSearch={byName}
        value={shown.columns ?? screen.columns}
        options={options}
        onChange={(columns) => change({ ...shown, columns })}
      />
      <Select
        disabled={readonly}
        aria-label={t('permission.sort')}
        showSearch={byName}
        value={shown.sort || screen.sort}
        options={orders}
        onChange={(sort) => change({ ...shown, sort })}
      />
      {!readonly &&
        filters.map((field) => (
          <FilterBox key={field.name} field={field} value={values(field.name)} set={(value) => setFilter(field.name, value)} />
        ))}
    </section>
  )
}

/** Lists that begin otherwise for a role than for everybody. */
export function ListsEditor({ catalogue, screens, readonly, change }: EditorProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const lists = screens.lists ?? {}
  const all = catalogue.apps.flatMap((app) => app.screens)
  const set = (key: string, shown: Shown | null) => {
    const { [key]: _before, ...rest } = lists
    change({ ...screens, lists: shown ? { ...rest, [key]: shown } : rest })
  }
  const free = all.filter(({ key, menu }) => menu && !lists[key])
  return (
    <div className="listedit">
      {all.flatMap((screen) => {
        const shown = lists[screen.key]
        return shown ? (
          <OneList key={screen.key} screen={screen} shown={shown} readonly={readonly} change={(next) => set(screen.key, next)} />
        ) : (
          []
        )
      })}
      {!readonly && (
        <Select
          showSearch={byName}
          className="listedit__add"
          placeholder={t('permission.addList')}
          aria-label={t('permission.addList')}
          value={chosen}
          options={free.map(({ key, label }) => ({ value: key, label }))}
          onChange={(key: string) => {
            set(key, {})
            setChosen(null)
          }}
        />
      )}
    </div>
  )
}
