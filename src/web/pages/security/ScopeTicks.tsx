import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Access, EVERYTHING, type Group, type Ticks } from './scopes'
import './scopes.css'

interface RowProps {
  label: string
  value: Access | undefined
  /** What everything is ticked for already. */
  given?: Access | undefined
  onChange: (value: Access | undefined) => void
}

/** Changing includes reading, and everything includes each group. */
function Row({ label, value, given, onChange }: RowProps) {
  const { t } = useTranslation()
  const name = (access: Access) => `${label}: ${t(`security.scope.${access}`)}`
  const writes = value === 'write' || given === 'write'
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <Checkbox
          aria-label={name('read')}
          checked={!!value || !!given}
          disabled={!!given || writes}
          onChange={({ target }) => onChange(target.checked ? 'read' : undefined)}
        />
      </td>
      <td>
        <Checkbox
          aria-label={name('write')}
          checked={writes}
          disabled={given === 'write'}
          onChange={({ target }) => onChange(target.checked ? 'write' : 'read')}
        />
      </td>
    </tr>
  )
}

/** What a program may do with a token, by groups of the menu. It never may more than the member. */
export function ScopeTicks({ ticks, groups, onChange }: { ticks: Ticks; groups: Group[]; onChange: (ticks: Ticks) => void }) {
  const { t } = useTranslation()
  const set = (key: string) => (access: Access | undefined) => onChange({ ...ticks, [key]: access })
  return (
    <table className="scopes" data-testid="scopes">
      <thead>
        <tr>
          <th>{t('security.scopes')}</th>
          <th>{t('security.scope.read')}</th>
          <th>{t('security.scope.write')}</th>
        </tr>
      </thead>
      <tbody>
        <Row label={t('security.everything')} value={ticks[EVERYTHING]} onChange={set(EVERYTHING)} />
        {groups.map(({ key, label }) => (
          <Row key={key} label={label} value={ticks[key]} given={ticks[EVERYTHING]} onChange={set(key)} />
        ))}
      </tbody>
    </table>
  )
}
