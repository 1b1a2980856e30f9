import { RightOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDescription, useMeta } from '@/api/queries'
import type { InputProps } from '@/kit/field/overlays'
import { classes } from '@/shared/text'
import { EVERYTHING, effective, type Grants, granted, SCOPES, type Scope, VERBS } from './grants'
import './roles.css'

interface CellProps {
  grants: Grants
  resource: string
  verb: string
  label: string
  readonly: boolean
  onChange: (grants: Grants) => void
}

/** One grant; where nothing is said, what holds from a wider one is shown in grey. */
function Cell({ grants, resource, verb, label, readonly, onChange }: CellProps) {
  const { t } = useTranslation()
  const { scope, own } = effective(grants, resource, verb)
  return (
    <select
      className={classes('grant', `is-${scope}`, !own && 'is-inherited')}
      aria-label={label}
      disabled={readonly}
      value={own ? scope : ''}
      onChange={(event) => onChange(granted(grants, resource, verb, (event.target.value || null) as Scope | null))}
    >
      <option value="">{own ? t('role.inherit') : t(`role.scope.${scope}`)}</option>
      {SCOPES.map((one) => (
        <option key={one} value={one}>
          {t(`role.scope.${one}`)}
        </option>
      ))}
    </select>
  )
}

/** The verbs only this document type has. */
function Verbs({ resource, ...cell }: Omit<CellProps, 'verb' | 'label'>) {
  const { data } = useDescription(resource)
  const actions = Object.values(data?.actions ?? {})
  return (
    <tr className="grants__verbs">
      <td colSpan={VERBS.length + 1}>
        <ul>
          {actions.map((action) => (
            <li key={action.verb}>
              <span>{action.label}</span>
              <Cell {...cell} resource={resource} verb={action.verb} label={`${data?.label} ${action.label}`} />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}

function Row({ name, children, ...cell }: Omit<CellProps, 'verb' | 'label'> & { name: string; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <tr>
      <th scope="row">{children ?? name}</th>
      {VERBS.map((verb) => (
        <td key={verb}>
          <Cell {...cell} verb={verb} label={`${name} ${t(`role.verb.${verb === EVERYTHING ? 'any' : verb}`)}`} />
        </td>
      ))}
    </tr>
  )
}

/** Who may do what with which rows: one line a document type, its own verbs one click below. */
export default function GrantsInput({ field, value, onChange }: InputProps) {
  const { t } = useTranslation()
  const { menu, resources } = useMeta()
  const [open, setOpen] = useState<string | null>(null)
  const cell = { grants: (value ?? {}) as Grants, readonly: !!field.readonly, onChange }
  return (
    <div className="grants">
      <table>
        <thead>
          <tr>
            <th>{t('role.resource')}</th>
            {VERBS.map((verb) => (
              <th key={verb}>{t(`role.verb.${verb === EVERYTHING ? 'any' : verb}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row {...cell} resource={EVERYTHING} name={t('role.everything')} />
        </tbody>
        {menu.map((group) => (
          <tbody key={group.key}>
            <tr className="grants__group">
              <th colSpan={VERBS.length + 1}>{group.label}</th>
            </tr>
            {group.items.flatMap(({ key }) => [
              <Row key={key} {...cell} resource={key} name={resources[key]?.label ?? key}>
                <button type="button" aria-expanded={open === key} onClick={() => setOpen(open === key ? null : key)}>
                  <RightOutlined /> {resources[key]?.label ?? key}
                </button>
              </Row>,
              open === key && <Verbs key={`${key} verbs`} {...cell} resource={key} />,
            ])}
          </tbody>
        ))}
      </table>
    </div>
  )
}
