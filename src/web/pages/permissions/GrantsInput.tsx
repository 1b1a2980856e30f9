import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import type { InputProps } from '@/kit/field/overlays'
import { fits } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { useDebounced } from '@/shared/useDebounced'
import { Waiting } from '@/shared/Waiting'
import { type Arrangement, type Screen, useCatalogue } from './catalogue'
import { DutiesAlert } from './DutiesAlert'
import { GrantRow, type Table, VerbsRow } from './GrantRows'
import { EVERYTHING, type Grants, STANDARD } from './grants'
import './permissions.css'

const WHOLE: Screen = {
  key: EVERYTHING,
  label: '',
  icon: '',
  menu: '',
  rows: true,
  verbs: [],
  fields: [],
  columns: [],
  filters: [],
  sort: '',
}

/** Level by level: apps, their screens, the methods of each and how far each reaches over rows. */
export default function GrantsInput({ field, value, onChange, context }: InputProps) {
  const { t } = useTranslation()
  const { data, error } = useCatalogue()
  const [open, setOpen] = useState<string | null>(null)
  const [sought, setSought] = useState('')
  const grants = (value ?? {}) as Grants
  const screens = (context?.('screens') ?? {}) as Arrangement
  const settled = useDebounced(JSON.stringify({ grants, screens }), 500)
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  const names = new Map(data.reaches.map((one) => [one.value, one.label]))
  const table: Table = { grants, names, readonly: !!field.readonly, onChange }
  const off = new Set(screens.off)
  const found = (screen: Screen) => fits(screen.label, sought)
  const apps = data.apps.map((app) => ({ ...app, screens: app.screens.filter(found) })).filter((app) => app.screens.length)
  return (
    <div className="matrix">
      <DutiesAlert asked={settled} />
      <Input.Search
        allowClear
        className="matrix__search"
        placeholder={t('permission.findScreen')}
        aria-label={t('permission.findScreen')}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      <div className="matrix__frame">
        <table>
          <thead>
            <tr>
              <th>{t('permission.screen')}</th>
              {STANDARD.map((verb) => (
                <th key={verb}>{t(`role.verb.${verb}`)}</th>
              ))}
              <th>{t('role.verb.any')}</th>
            </tr>
          </thead>
          {!sought && (
            <tbody>
              <GrantRow table={table} screen={WHOLE} name={t('role.everything')} />
            </tbody>
          )}
          {apps.map((app) => (
            <tbody key={app.key}>
              <tr className="matrix__group">
                <th colSpan={STANDARD.length + 2}>
                  {app.label}
                  {off.has(app.key) && <em> · {t('permission.off')}</em>}
                  {!app.open && <em> · {t('permission.notInPlan')}</em>}
                </th>
              </tr>
              {app.screens.flatMap((screen) => [
                <GrantRow
                  key={screen.key}
                  table={table}
                  screen={screen}
                  name={screen.label}
                  off={off.has(app.key) || off.has(screen.key)}
                  open={open === screen.key}
                  onOpen={() => setOpen(open === screen.key ? null : screen.key)}
                />,
                open === screen.key && <VerbsRow key={`${screen.key} verbs`} table={table} screen={screen} />,
              ])}
            </tbody>
          ))}
        </table>
      </div>
    </div>
  )
}
