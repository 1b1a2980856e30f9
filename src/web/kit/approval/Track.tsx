import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  MinusCircleOutlined,
  RollbackOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAgo, formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import type { Approval, Part, Step } from './model'
import './approval.css'

const SIGNS: Record<Step['state'], ComponentType> = {
  done: CheckCircleFilled,
  now: SyncOutlined,
  next: ClockCircleFilled,
  skipped: MinusCircleOutlined,
  cancelled: CloseCircleFilled,
  returned: RollbackOutlined,
}

function Person({ part }: { part: Part }) {
  const { t } = useTranslation()
  return (
    <li>
      <p>
        <b>{part.who.label}</b>
        {part.instead_of && <span className="soft">{t('approval.insteadOf', { name: part.instead_of.label })}</span>}
        {part.decision_label && <Tag color={part.color}>{part.decision_label}</Tag>}
        {part.at && (
          <time dateTime={part.at} title={formatDateTime(part.at)}>
            {formatAgo(part.at)}
          </time>
        )}
      </p>
      {part.comment && <q>{part.comment}</q>}
      {part.changes.length > 0 && (
        <ul className="river__changes">
          {part.changes.map((change) => (
            <li key={change.label}>
              {change.label} {change.from && <del>{change.from}</del>} <ins>{change.to || '—'}</ins>
            </li>
          ))}
        </ul>
      )}
      {part.signature && <img src={`/api/v1/approvals/signatures/${part.id}/`} alt={t('approval.signatureOf', { name: part.who.label })} />}
    </li>
  )
}

/** Step by step: who decided what and when, what they wrote, signed and changed; and what is still to come. */
export function Track({ approval }: { approval: Approval }) {
  const { t } = useTranslation()
  return (
    <ol className="track" data-testid="track">
      {approval.steps.map((step, at) => {
        const Sign = SIGNS[step.state]
        return (
          <li key={`${at}${step.node}`} className={`is-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
            <Sign />
            <div>
              <header>
                <b>{step.name}</b>
                {step.due && step.state === 'now' && (
                  <span className={classes(step.late && 'is-late')}>
                    {t(step.late ? 'approval.late' : 'approval.due', { when: formatDateTime(step.due) })}
                  </span>
                )}
              </header>
              {step.tasks.length > 0 && (
                <ul>
                  {step.tasks.map((part, place) => (
                    <Person key={part.id ?? `next ${place}`} part={part} />
                  ))}
                </ul>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
