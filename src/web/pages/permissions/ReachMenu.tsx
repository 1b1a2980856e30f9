import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RULE } from './grants'
import { reachName } from './ReachCell'

interface Props {
  reaches: string[]
  own: boolean
  names: Map<string, string>
  rows: boolean
  rules: boolean
  onInherit: () => void
  onChange: (reaches: string[]) => void
}

const WHOLE = ['none', 'all']

/** Nothing, all, or any of the reaches between them together; and rules on fields. */
export function ReachMenu({ reaches, own, names, rows, rules, onInherit, onChange }: Props) {
  const { t } = useTranslation()
  const [rule, setRule] = useState('')
  const given = reaches.filter((one) => one !== 'all')
  const between = [...names.keys()].filter((one) => rows && !WHOLE.includes(one))
  const toggle = (reach: string) => onChange(given.includes(reach) ? given.filter((one) => one !== reach) : [...given, reach])
  const add = () => {
    if (rule.trim()) onChange([...given, `${RULE} ${rule.trim()}`])
    setRule('')
  }
  return (
    <div className="reachmenu" data-testid="reach-menu">
      <div className="reachmenu__whole">
        <Button size="small" type={own && !reaches.length ? 'primary' : 'default'} onClick={() => onChange([])}>
          {names.get('none')}
        </Button>
        <Button size="small" type={own && reaches[0] === 'all' ? 'primary' : 'default'} onClick={() => onChange(['all'])}>
          {names.get('all')}
        </Button>
        <Button size="small" type="text" disabled={!own} onClick={onInherit}>
          {t('permission.inherit')}
        </Button>
      </div>
      {between.map((reach) => (
        <Checkbox key={reach} checked={given.includes(reach)} onChange={() => toggle(reach)}>
          {names.get(reach)}
        </Checkbox>
      ))}
      {given
        .filter((one) => one.startsWith(RULE))
        .map((one) => (
          <div key={one} className="reachmenu__rule">
            <code>{reachName(one, names)}</code>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={t('permission.dropRule', { rule: one })}
              onClick={() => toggle(one)}
            />
          </div>
        ))}
      {rules && (
        <Input.Search
          size="small"
          value={rule}
          placeholder={t('permission.ruleHint')}
          aria-label={t('permission.rule')}
          enterButton={t('permission.addRule')}
          onChange={(event) => setRule(event.target.value)}
          onSearch={add}
        />
      )}
    </div>
  )
}
