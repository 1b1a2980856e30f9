import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Description } from '@/api/types'
import { movedColumn } from './model'
import type { Views } from './useList'

/** Which columns, in which order. */
export function Columns({ description, views }: { description: Description; views: Views }) {
  const { t } = useTranslation()
  const chosen = views.columns.map((field) => field.name)
  const rest = Object.values(description.fields).filter((field) => !chosen.includes(field.name) && field.type !== 'json')
  const save = (columns: string[]) => void views.save({ ...views.settings, columns })
  const toggle = (name: string) => save(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
  const content = (
    <div className="columns">
      <ul>
        {views.columns.map((field, at) => (
          <li key={field.name}>
            <Checkbox checked disabled={chosen.length === 1} onChange={() => toggle(field.name)}>
              {field.label}
            </Checkbox>
            <Button
              type="text"
              size="small"
              disabled={at === 0}
              aria-label={t('columns.earlier', { name: field.label })}
              icon={<ArrowUpOutlined />}
              onClick={() => save(movedColumn(chosen, field.name, -1))}
            />
            <Button
              type="text"
              size="small"
              disabled={at === chosen.length - 1}
              aria-label={t('columns.later', { name: field.label })}
              icon={<ArrowDownOutlined />}
              onClick={() => save(movedColumn(chosen, field.name, 1))}
            />
          </li>
        ))}
        {rest.map((field) => (
          <li key={field.name}>
            <Checkbox checked={false} onChange={() => toggle(field.name)}>
              {field.label}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button size="small" type="link" onClick={() => void views.save({ views: views.settings.views })}>
        {t('columns.reset')}
      </Button>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" title={t('columns.title')} content={content}>
      <Tooltip title={t('columns.title')}>
        <Button icon={<SettingOutlined />} aria-label={t('columns.title')} data-testid="columns" />
      </Tooltip>
    </Popover>
  )
}
