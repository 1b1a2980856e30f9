import { Checkbox, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { Tag } from '@/shared/Tag'
import { toggled } from './arrangement'
import type { EditorProps } from './ScreensInput'

/** Apps and screens that a role's people do not have at all, whatever is granted below. */
export function Switches({ catalogue, screens, readonly, change }: EditorProps) {
  const { t } = useTranslation()
  const off = new Set(screens.off)
  const flip = (name: string) => change({ ...screens, off: toggled(screens.off, name) })
  return (
    <ul className="switches">
      {catalogue.apps.map((app) => (
        <li key={app.key}>
          <div className="switches__app">
            <Switch size="small" disabled={readonly} checked={!off.has(app.key)} aria-label={app.label} onChange={() => flip(app.key)} />
            <b>{app.label}</b>
            {!app.open && <Tag color="orange">{t('permission.notInPlan')}</Tag>}
          </div>
          <div className="switches__screens">
            {app.screens.map((screen) => (
              <Checkbox
                key={screen.key}
                disabled={readonly || off.has(app.key)}
                checked={!off.has(app.key) && !off.has(screen.key)}
                onChange={() => flip(screen.key)}
              >
                {screen.label}
              </Checkbox>
            ))}
          </div>
        </li>
      ))}
    </ul>
  )
}
