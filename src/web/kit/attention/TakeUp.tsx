import { Button, DatePicker, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import './attention.css'

export interface Saying {
  verb: 'acknowledge' | 'snooze'
  /** Whether a word why is asked for. */
  explained: boolean
  run: (said: { reason: string; until?: string }) => Promise<unknown>
}

const DAYS = [1, 3, 7]
const morning = (days: number) => dayjs().add(days, 'day').hour(8).minute(0).second(0)

/** Taking something up, or putting it off until a day, with the reason. */
export function TakeUp({ saying, onClose }: { saying: Saying; onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState<Dayjs>(morning(1))
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const snooze = saying.verb === 'snooze'
  const run = async () => {
    setBusy(true)
    try {
      await saying.run({ reason: reason.trim(), ...(snooze ? { until: until.format() } : {}) })
      onClose()
    } catch (error) {
      setTrouble(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t(`attention.${saying.verb}`)}
      onCancel={onClose}
      okText={t(`attention.${saying.verb}`)}
      confirmLoading={busy}
      okButtonProps={{ disabled: saying.explained && !reason.trim() }}
      onOk={() => void run()}
    >
      <div className="takeup">
        {snooze && (
          <div className="takeup__days">
            <label htmlFor={`${id}until`}>{t('attention.until')}</label>
            <DatePicker
              id={`${id}until`}
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              allowClear={false}
              value={until}
              onChange={(next) => next && !Array.isArray(next) && setUntil(next)}
            />
            {DAYS.map((days) => (
              <Button key={days} size="small" onClick={() => setUntil(morning(days))}>
                {t('attention.days', { count: days })}
              </Button>
            ))}
          </div>
        )}
        <label htmlFor={`${id}reason`}>
          {t('attention.reason')}
          {saying.explained && <em aria-hidden>*</em>}
        </label>
        <Input.TextArea
          id={`${id}reason`}
          autoFocus
          maxLength={300}
          autoSize={{ minRows: 2, maxRows: 5 }}
          value={reason}
          placeholder={t(`attention.${saying.verb}Hint`)}
          onChange={(event) => setReason(event.target.value)}
        />
        {trouble && (
          <p className="field__error" role="alert">
            {trouble}
          </p>
        )}
      </div>
    </Modal>
  )
}
