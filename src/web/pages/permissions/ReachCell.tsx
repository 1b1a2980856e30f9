import { Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'
import { type Effective, type Grant, grantOf, RULE } from './grants'
import { ReachMenu } from './ReachMenu'

interface Props {
  now: Effective
  label: string
  names: Map<string, string>
  /** Whether rows belong to people and departments. */
  rows: boolean
  /** Whether a rule on fields can be made: for one document type only. */
  rules: boolean
  readonly: boolean
  onChange: (grant: Grant | null) => void
}

/** A reach in words: what it is called, or the formula of a rule. */
export const reachName = (reach: string, names: Map<string, string>) =>
  reach.startsWith(RULE) ? reach.slice(RULE.length).trim() : (names.get(reach) ?? reach)

/** One grant of the matrix; where nothing is said, what holds from a wider one is shown in grey. */
export function ReachCell({ now, label, names, readonly, onChange, ...kind }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [touched, setTouched] = useState(false)
  const { reaches, own } = now
  const text = reaches.length ? reaches.map((one) => reachName(one, names)).join(' + ') : t('permission.nothing')
  const tone = reaches.length === 0 ? 'is-none' : reaches[0] === 'all' ? 'is-all' : 'is-some'
  const button = (
    <button
      type="button"
      className={classes('reach', tone, !own && 'is-inherited')}
      aria-label={`${label}: ${text}`}
      aria-expanded={open}
      disabled={readonly}
      title={text}
      onClick={() => {
        setTouched(true)
        setOpen(!open)
      }}
    >
      {text}
    </button>
  )
  if (!touched) return button
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={
        <ReachMenu
          {...kind}
          reaches={reaches}
          own={own}
          names={names}
          onInherit={() => {
            setOpen(false)
            onChange(null)
          }}
          onChange={(next) => onChange(grantOf(next))}
        />
      }
    >
      {button}
    </Popover>
  )
}
