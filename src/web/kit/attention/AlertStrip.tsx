import { AlertOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAgo } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { LEVEL_COLOURS } from './levels'
import { type Saying, TakeUp } from './TakeUp'
import { type Alert, sayOf } from './useAlerts'
import './attention.css'

/** Over a document: what calls for attention, how far it was told, and what was said of it. */
export default function AlertStrip({ alerts }: { alerts: Alert[] }) {
  const { t } = useTranslation()
  const [saying, setSaying] = useState<Saying | null>(null)
  const say = (alert: Alert, verb: Saying['verb']) => setSaying({ verb, explained: true, run: (said) => sayOf([alert], verb, said) })
  return (
    <ul className="panel alertstrip" data-testid="alert-strip">
      {alerts.map((alert) => (
        <li key={alert.id}>
          <AlertOutlined />
          <Tag color={LEVEL_COLOURS[alert.level]}>{t(`attention.level.${alert.level}`)}</Tag>
          <b>{alert.rule.label}</b>
          <span className="soft">
            {t('attention.rung', { step: alert.step, steps: alert.steps, who: alert.told.join(t('attention.and')) })}
          </span>
          {alert.reason && (
            <span className="alertstrip__said">
              {alert.acknowledged_by?.label} “{alert.reason}” {alert.acknowledged_at && formatAgo(alert.acknowledged_at)}
            </span>
          )}
          <span className="alertstrip__end">
            {!alert.acknowledged_at && (
              <>
                <Button size="small" onClick={() => say(alert, 'acknowledge')}>
                  {t('attention.acknowledge')}
                </Button>
                <Button size="small" type="text" onClick={() => say(alert, 'snooze')}>
                  {t('attention.snooze')}
                </Button>
              </>
            )}
          </span>
        </li>
      ))}
      {saying && <TakeUp saying={saying} onClose={() => setSaying(null)} />}
    </ul>
  )
}
