import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { LEVEL_COLOURS } from '@/kit/attention/levels'
import type { Alert } from '@/kit/attention/useAlerts'
import { formatAgo, formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'

interface Props {
  alert: Alert
  ticked: boolean
  onTick: (mark: boolean) => void
  onSay: (verb: 'acknowledge' | 'snooze') => void
}

/** One alert: about what, how far up the ladder, whom it has told, what was said. */
export function AlertRow({ alert, ticked, onTick, onSay }: Props) {
  const { t } = useTranslation()
  const { document, rule, level, told } = alert
  const open = !alert.closed_at
  return (
    <li className="feed__row watch" data-testid="alert">
      <Checkbox
        checked={ticked}
        disabled={!open}
        aria-label={t('messages.choose', { title: document.label })}
        onChange={({ target }) => onTick(target.checked)}
      />
      <div className="feed__body">
        <p>
          <Tag color={LEVEL_COLOURS[level]}>{t(`attention.level.${level}`)}</Tag> <b>{rule.label}</b>{' '}
          <span className="soft">{document.kind}</span> <TabLink to={docUrl(document._key, document.id)}>{document.label}</TabLink>
          {alert.count > 1 && <span className="soft"> {t('attention.more', { count: alert.count - 1 })}</span>}
        </p>
        <p className="soft">
          {t('attention.rung', { step: alert.step, steps: alert.steps, who: told.join(t('attention.and')) })} ·{' '}
          {t('attention.opened', { when: formatAgo(alert.opened_at) })}
        </p>
        {(alert.reason || alert.closed_at) && (
          <p className="soft">
            {alert.closed_at
              ? t('attention.closed', { when: formatDateTime(alert.closed_at) })
              : alert.snoozed_until
                ? t('messages.off', { when: formatDateTime(alert.snoozed_until) })
                : alert.acknowledged_by?.label}{' '}
            {alert.reason && `“${alert.reason}”`}
          </p>
        )}
      </div>
      {open && (
        <span className="feed__tools">
          {!alert.acknowledged_at && (
            <Button size="small" onClick={() => onSay('acknowledge')}>
              {t('attention.acknowledge')}
            </Button>
          )}
          <Button size="small" type="text" onClick={() => onSay('snooze')}>
            {t('attention.snooze')}
          </Button>
        </span>
      )}
    </li>
  )
}
