import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Input, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryString } from '@/api/queries'
import { classes, token } from '@/shared/text'
import { type ListState, paramsOf, stateFrom, type View } from './model'
import type { Views } from './useList'

interface Props {
  views: Views
  state: ListState
  set: (next: ListState) => void
}

/** Filters, sorting, grouping and columns under a name. */
export function SavedViews({ views, state, set }: Props) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const { settings, columns, save } = views
  const query = queryString(paramsOf(state))
  const add = () => {
    if (!name.trim()) return
    const view: View = { id: token(6), name: name.trim(), query, columns: columns.map((field) => field.name) }
    void save({ ...settings, views: [...settings.views, view] })
    setName('')
  }
  const apply = (view: View) => {
    void save({ ...settings, columns: view.columns })
    set(stateFrom(view.query))
  }
  const remove = (view: View) => void save({ ...settings, views: settings.views.filter((one) => one.id !== view.id) })
  const current = settings.views.find((view) => view.query === query)
  const content = (
    <div className="views">
      {settings.views.length === 0 && <p className="soft">{t('views.none')}</p>}
      <ul>
        {settings.views.map((view) => (
          <li key={view.id}>
            <button type="button" className={classes('views__name', view === current && 'is-current')} onClick={() => apply(view)}>
              {view.name}
            </button>
            <Button
              type="text"
              size="small"
              aria-label={t('views.remove', { name: view.name })}
              icon={<DeleteOutlined />}
              onClick={() => remove(view)}
            />
          </li>
        ))}
      </ul>
      <div className="views__new">
        <Input
          size="small"
          value={name}
          placeholder={t('views.name')}
          aria-label={t('views.name')}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={add}
        />
        <Button size="small" type="primary" disabled={!name.trim()} onClick={add}>
          {t('views.save')}
        </Button>
      </div>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={t('views.title')} content={content}>
      <Button icon={<StarOutlined />} data-testid="views">
        {current?.name ?? t('views.title')}
      </Button>
    </Popover>
  )
}
