import { RightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'
import type { Screen } from './catalogue'
import { EVERYTHING, effective, type Grants, granted, STANDARD } from './grants'
import { ReachCell } from './ReachCell'

export interface Table {
  grants: Grants
  names: Map<string, string>
  readonly: boolean
  onChange: (grants: Grants) => void
}

function Cell({ table, screen, verb, label }: { table: Table; screen: Screen; verb: string; label: string }) {
  const { grants, names, readonly, onChange } = table
  return (
    <ReachCell
      now={effective(grants, screen.key, verb)}
      label={label}
      names={names}
      rows={screen.rows}
      rules={screen.key !== EVERYTHING && verb !== 'create'}
      readonly={readonly}
      onChange={(grant) => onChange(granted(grants, screen.key, verb, grant))}
    />
  )
}

interface RowProps {
  table: Table
  screen: Screen
  name: string
  off?: boolean
  open?: boolean
  onOpen?: () => void
}

/** A screen with its usual methods; its own are one click below. */
export function GrantRow({ table, screen, name, off, open, onOpen }: RowProps) {
  const { t } = useTranslation()
  const has = (verb: string) => screen.key === EVERYTHING || screen.verbs.some((one) => one.verb === verb)
  const special = screen.verbs.some(({ verb }) => !STANDARD.includes(verb as (typeof STANDARD)[number]))
  return (
    <tr className={classes(off && 'is-off')}>
      <th scope="row">
        {onOpen && special ? (
          <button type="button" aria-expanded={open} onClick={onOpen}>
            <RightOutlined /> {name}
          </button>
        ) : (
          name
        )}
      </th>
      {STANDARD.map((verb) => (
        <td key={verb}>{has(verb) && <Cell table={table} screen={screen} verb={verb} label={`${name} · ${t(`role.verb.${verb}`)}`} />}</td>
      ))}
      <td>
        <Cell table={table} screen={screen} verb={EVERYTHING} label={`${name} · ${t('role.verb.any')}`} />
      </td>
    </tr>
  )
}

/** The methods that only this screen has. */
export function VerbsRow({ table, screen }: { table: Table; screen: Screen }) {
  const own = screen.verbs.filter(({ verb }) => !STANDARD.includes(verb as (typeof STANDARD)[number]))
  return (
    <tr className="matrix__verbs">
      <td colSpan={STANDARD.length + 2}>
        <ul>
          {own.map(({ verb, label }) => (
            <li key={verb}>
              <span>{label}</span>
              <Cell table={table} screen={screen} verb={verb} label={`${screen.label} · ${label}`} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}
