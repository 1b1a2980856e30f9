import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription } from '@/api/queries'
import type { Field } from '@/api/types'
import { FieldInput } from '@/kit/field/registry'
import { byName } from '@/shared/pinyin'
import { Waiting } from '@/shared/Waiting'
import { toggled } from './arrangement'
import { canStart, fieldSections, type Layout, sectionsOf, stepped, tidy } from './layout'
import type { EditorProps } from './ScreensInput'

interface RowProps {
  field: Field
  needed: boolean
  layout: Layout
  readonly: boolean
  change: (layout: Layout) => void
  step: (by: 1 | -1) => void
}

function Row({ field, needed, layout, readonly, change, step }: RowProps) {
  const { t } = useTranslation()
  const id = useId()
  const { name, label } = field
  const { hide = [], required = [], defaults = {} } = layout
  const begin = (value: unknown) => {
    const { [name]: _before, ...rest } = defaults
    change({ ...layout, defaults: value === null || value === '' || value === undefined ? rest : { ...rest, [name]: value } })
  }
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Checkbox
          aria-label={`${label} ${t('permission.inForm')}`}
          disabled={readonly}
          checked={!hide.includes(name)}
          onChange={() => change({ ...layout, hide: toggled(hide, name) })}
        />
      </td>
      <td>
        {needed ? (
          <small className="soft">{t('permission.always')}</small>
        ) : (
          <Checkbox
            aria-label={`${label} ${t('permission.mustFill')}`}
            disabled={readonly || field.readonly}
            checked={required.includes(name)}
            onChange={() => change({ ...layout, required: toggled(required, name) })}
          />
        )}
      </td>
      <td className="formedit__value">
        {canStart(field) && !readonly && (
          <FieldInput field={{ ...field, required: false }} id={id} value={defaults[name] ?? null} onChange={begin} />
        )}
      </td>
      <td>
        {!readonly && (
          <>
            <Button
              type="text"
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={t('permission.sooner', { name: label })}
              onClick={() => step(-1)}
            />
            <Button
              type="text"
              size="small"
              icon={<ArrowDownOutlined />}
              aria-label={t('permission.later', { name: label })}
              onClick={() => step(1)}
            />
          </>
        )}
      </td>
    </tr>
  )
}

interface OneProps {
  resource: string
  label: string
  layout: Layout
  readonly: boolean
  change: (layout: Layout | null) => void
}

/** The form of one document type, section by section. */
function OneForm({ resource, label, layout, readonly, change }: OneProps) {
  const { t } = useTranslation()
  const { data } = useDescription(resource)
  if (!data) return <Waiting />
  const sections = sectionsOf(fieldSections(data), layout)
  const set = (next: Layout) => change(tidy(next) ?? {})
  return (
    <section className="listedit__one formedit" data-testid={`layout-${resource}`}>
      <header>
        <b>{label}</b>
        {!readonly && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('permission.usualForm', { name: label })}
            onClick={() => change(null)}
          />
        )}
      </header>
      <table>
        <thead>
          <tr>
            <th>{t('permission.fieldOf')}</th>
            <th>{t('permission.inForm')}</th>
            <th>{t('permission.mustFill')}</th>
            <th>{t('permission.beforehand')}</th>
            <th aria-hidden />
          </tr>
        </thead>
        {sections.map((section, at) => (
          <tbody key={section.fields[0] ?? section.title}>
            <tr className="formedit__section">
              <th colSpan={5}>
                <Input
                  variant="borderless"
                  disabled={readonly}
                  aria-label={t('permission.sectionName')}
                  value={section.title}
                  onChange={(event) => set({ ...layout, sections: sections.with(at, { ...section, title: event.target.value }) })}
                />
              </th>
            </tr>
            {section.fields.flatMap((name) => {
              const field = data.fields[name]
              return field ? (
                <Row
                  key={name}
                  field={field}
                  needed={!!field.required && !layout.required?.includes(name)}
                  layout={layout}
                  readonly={readonly}
                  change={set}
                  step={(by) => set({ ...layout, sections: stepped(sections, name, by) })}
                />
              ) : (
                []
              )
            })}
          </tbody>
        ))}
      </table>
    </section>
  )
}

/** Forms that a role has laid out otherwise than everybody. */
export function FormsEditor({ catalogue, screens, readonly, change }: EditorProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const forms = screens.forms ?? {}
  const all = catalogue.apps.flatMap((app) => app.screens).filter(({ key }) => !key.startsWith('office.') || key === 'office.form')
  const set = (key: string, layout: Layout | null) => {
    const { [key]: _before, ...rest } = forms
    change({ ...screens, forms: layout ? { ...rest, [key]: layout } : rest })
  }
  return (
    <div className="listedit">
      {all
        .filter(({ key }) => forms[key])
        .map(({ key, label }) => (
          <OneForm key={key} resource={key} label={label} layout={forms[key] ?? {}} readonly={readonly} change={(next) => set(key, next)} />
        ))}
      {!readonly && (
        <Select
          showSearch={byName}
          className="listedit__add"
          placeholder={t('permission.addForm')}
          aria-label={t('permission.addForm')}
          value={chosen}
          options={all.filter(({ key }) => !forms[key]).map(({ key, label }) => ({ value: key, label }))}
          onChange={(key: string) => {
            set(key, {})
            setChosen(null)
          }}
        />
      )}
    </div>
  )
}
