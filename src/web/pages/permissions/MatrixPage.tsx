import { App, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, problemOf } from '@/api/http'
import { refreshAll, useMeta } from '@/api/queries'
import { byName, fits } from '@/shared/pinyin'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { type Catalogue, ROLE, type RoleRow, type Screen, useCatalogue, useRoles } from './catalogue'
import { effective, granted } from './grants'
import { ReachCell } from './ReachCell'
import './permissions.css'

interface Line {
  screen: Screen
  verb: string
  label: string
}

/** A line for each screen (whether it opens), or for each method of the screens. */
function linesOf({ apps }: Catalogue, app: string, methods: boolean, sought: string): Line[] {
  const screens = apps.filter(({ key }) => !app || key === app).flatMap((one) => one.screens)
  const lines = screens.flatMap((screen) =>
    methods
      ? screen.verbs.map(({ verb, label }) => ({ screen, verb, label: `${screen.label} · ${label}` }))
      : [{ screen, verb: 'read', label: screen.label }],
  )
  return lines.filter(({ label }) => fits(label, sought))
}

interface TableProps {
  lines: Line[]
  roles: RoleRow[]
  names: Map<string, string>
  methods: boolean
  save: (role: RoleRow, line: Line, grant: Parameters<typeof granted>[3]) => void
  readonly: boolean
}

function Matrix({ lines, roles, names, methods, save, readonly }: TableProps) {
  const { t } = useTranslation()
  const isOff = (role: RoleRow, screen: Screen) =>
    role.screens.off?.some((name) => name === screen.key || name === screen.key.split('.')[0]) ?? false
  return (
    <div className="matrix__frame is-page">
      <table>
        <thead>
          <tr>
            <th>{t(methods ? 'permission.method' : 'permission.screen')}</th>
            {roles.map((role) => (
              <th key={role.id}>
                <TabLink to={docUrl(ROLE, role.id)}>{role.name}</TabLink>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.screen.key} ${line.verb}`}>
              <th scope="row" title={line.label}>
                {line.label}
              </th>
              {roles.map((role) => (
                <td key={role.id}>
                  {isOff(role, line.screen) ? (
                    <span className="soft">{t('permission.off')}</span>
                  ) : (
                    <ReachCell
                      now={effective(role.grants, line.screen.key, line.verb)}
                      label={`${role.name} · ${line.label}`}
                      names={names}
                      rows={line.screen.rows}
                      rules={line.verb !== 'create'}
                      readonly={readonly}
                      onChange={(grant) => save(role, line, grant)}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** 界面管理 and 界面方法管理: every screen, or every method, against all roles; a cell is changed where it stands. */
export default function MatrixPage({ methods = false }: { methods?: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { resources } = useMeta()
  const url = resources[ROLE]?.url
  const catalogue = useCatalogue()
  const roles = useRoles(url)
  const [app, setApp] = useState('')
  const [sought, setSought] = useState('')
  const names = useMemo(() => new Map(catalogue.data?.reaches.map((one) => [one.value, one.label])), [catalogue.data])
  const error = catalogue.error ?? roles.error
  if (error || !url) return <Trouble title={error ? problemOf(error).detail : t('trouble.not_found')} />
  if (!catalogue.data || !roles.data) return <Waiting />
  const save: TableProps['save'] = async (role, { screen, verb }, grant) => {
    try {
      await patch(`${url}${role.id}/`, { version: role.version, grants: granted(role.grants, screen.key, verb, grant) })
    } catch (failed) {
      void message.error(problemOf(failed).detail)
    }
    await refreshAll()
  }
  const apps = catalogue.data.apps.map(({ key, label }) => ({ value: key, label }))
  const first = methods ? (apps.find(({ value }) => value === 'sales') ?? apps[0])?.value : ''
  const chosen = app || first || ''
  return (
    <div className="permissions">
      <h1>{t(methods ? 'page.methods' : 'page.screens')}</h1>
      <p className="soft">{t(methods ? 'permission.methodsHelp' : 'permission.screensHelp')}</p>
      <div className="permissions__tools">
        <Input.Search
          allowClear
          placeholder={t('permission.findScreen')}
          aria-label={t('permission.findScreen')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <Select
          aria-label={t('permission.app')}
          showSearch={byName}
          value={sought ? '' : chosen}
          disabled={!!sought}
          options={methods && !sought ? apps : [{ value: '', label: t('permission.allApps') }, ...apps]}
          onChange={setApp}
        />
      </div>
      <Matrix
        lines={linesOf(catalogue.data, sought ? '' : chosen, methods, sought)}
        roles={roles.data}
        names={names}
        methods={methods}
        save={save}
        readonly={!resources[ROLE]?.can.change}
      />
    </div>
  )
}
