import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, problemOf } from '@/api/http'
import { ReadValue } from '@/kit/field/ReadValue'
import { Part, Sheet } from '@/kit/sheet/Sheet'
import { useChange } from '@/kit/useChange'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { Changes } from './Changes'
import { fieldOf, grouped, type Parameter, URL, useParameters, type Value } from './model'
import { Range, ValueDialog } from './ValueDialog'
import './parameters.css'

interface RowProps {
  parameter: Parameter
  canChange: boolean
  edit: (parameter: Parameter, value: Value | null) => void
}

function Row({ parameter, canChange, edit }: RowProps) {
  const { t } = useTranslation()
  const { change } = useChange()
  const field = fieldOf(parameter)
  const everywhere = parameter.values.find((one) => one.scope === 'tenant')
  const free = parameter.scopes.length > 1 || !everywhere
  return (
    <li data-testid="parameter">
      <div className="parameter__head">
        <b>{parameter.label}</b>
        <span className="soft">{parameter.help}</span>
        <span className="soft">
          {t('org.parameter.default')} <ReadValue field={field} value={parameter.default} plain /> <Range parameter={parameter} />
        </span>
      </div>
      <ul className="parameter__values">
        {parameter.values.map((one) => (
          <li key={one.id}>
            <Tag color={one.scope === 'tenant' ? 'blue' : 'purple'}>
              {one.place ? `${t(`org.scope.${one.scope}`)} ${one.place.label}` : t('org.scope.tenant')}
            </Tag>
            <b>
              <ReadValue field={field} value={one.value} plain />
            </b>
            <span className="soft">{[one.by?.label, formatDateTime(one.at)].filter(Boolean).join(' · ')}</span>
            {canChange && (
              <>
                <Button
                  type="text"
                  size="small"
                  icon={<EditOutlined />}
                  aria-label={t('org.parameter.edit')}
                  onClick={() => edit(parameter, one)}
                />
                <Popconfirm
                  title={t('org.parameter.reset')}
                  okText={t('org.parameter.resetGo')}
                  cancelText={t('cancel')}
                  onConfirm={() => void change(() => del(`${URL}${one.id}/?version=${one.version}`))}
                >
                  <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('org.parameter.resetGo')} />
                </Popconfirm>
              </>
            )}
          </li>
        ))}
        {canChange && free && (
          <li>
            <Button size="small" icon={<PlusOutlined />} onClick={() => edit(parameter, null)}>
              {t('org.parameter.set')}
            </Button>
          </li>
        )}
      </ul>
    </li>
  )
}

/** 运行时参数: every switch and figure with its default, where it differs, and who changed it. */
export default function ParametersPage() {
  const { t } = useTranslation()
  const { data, error } = useParameters()
  const [text, setText] = useState('')
  const [edited, setEdited] = useState<{ parameter: Parameter; value: Value | null } | null>(null)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const groups = grouped(data.rows, text)
  return (
    <Sheet title={t('page.parameters')} intro={t('org.parameter.intro')} wide>
      <Input.Search allowClear placeholder={t('org.parameter.search')} value={text} onChange={(event) => setText(event.target.value)} />
      {groups.length === 0 && <p className="soft">{t('field.nothing')}</p>}
      {groups.map(([label, rows]) => (
        <Part key={label} title={label}>
          <ul className="parameters">
            {rows.map((one) => (
              <Row
                key={one.name}
                parameter={one}
                canChange={data.can_change}
                edit={(parameter, value) => setEdited({ parameter, value })}
              />
            ))}
          </ul>
        </Part>
      ))}
      <Changes />
      {edited && <ValueDialog {...edited} onClose={() => setEdited(null)} />}
    </Sheet>
  )
}
