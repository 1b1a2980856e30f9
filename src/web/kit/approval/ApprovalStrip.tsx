import { AuditOutlined, LockOutlined, RightOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAgo, formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { type Approval, current, holders, isOpen, isRunning, isUnderWay } from './model'
import { Track } from './Track'
import './approval.css'

/** In one line: what waits, at which step, with whom, since when and until when. */
function Now({ approval }: { approval: Approval }) {
  const { t } = useTranslation()
  const steps = current(approval)
  const people = holders(approval)
  const [since, due] = [steps[0]?.since, steps.find((step) => step.due)?.due]
  const late = steps.some((step) => step.late)
  return (
    <>
      <span className="astrip__where">
        {steps.map((step) => step.name).join(' · ')}
        {people && <b>{people}</b>}
      </span>
      {since && <time dateTime={since}>{t('approval.since', { when: formatAgo(since) })}</time>}
      {due && (
        <span className={classes(late && 'is-late')}>{t(late ? 'approval.late' : 'approval.due', { when: formatDateTime(due) })}</span>
      )}
    </>
  )
}

/** Over a document: what is being decided about it, and what was. */
export default function ApprovalStrip({ approvals }: { approvals: Approval[] }) {
  const { t } = useTranslation()
  const [latest] = approvals
  const [open, setOpen] = useState<boolean | null>(null)
  if (!latest) return null
  const running = isRunning(latest)
  const shown = open ?? false
  return (
    <section className={classes('panel astrip', running && 'is-running')} data-testid="approval" data-state={latest.state}>
      <button type="button" className="astrip__head" aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <AuditOutlined />
        <b>{latest.verb_label}</b>
        <Tag color={latest.color}>{latest.state_label}</Tag>
        {running ? <Now approval={latest} /> : <time>{formatDateTime(latest.ended_at)}</time>}
        {isUnderWay(latest) && <span>{t('approval.underWay')}</span>}
        <span className="astrip__open">
          {t('approval.track')} <RightOutlined />
        </span>
      </button>
      {isOpen(latest) && (latest.reason || latest.outcome) && (
        <p className="astrip__lock">
          <LockOutlined /> {latest.outcome || latest.reason}
        </p>
      )}
      {shown &&
        approvals.map((approval) => (
          <div key={approval.id} className="astrip__track">
            <p className="soft">
              {t('approval.begun', { name: approval.by.label, when: formatDateTime(approval.at), verb: approval.verb_label })}
            </p>
            <Track approval={approval} />
          </div>
        ))}
    </section>
  )
}
