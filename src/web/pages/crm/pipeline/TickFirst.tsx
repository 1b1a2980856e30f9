import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asked } from './useMove'

/** What the stage asks for before a card leaves it, to be ticked on the way. */
export function TickFirst({
  asked,
  busy,
  go,
  onClose,
}: {
  asked: Asked
  busy: boolean
  go: (ticked: string[]) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [ticked, setTicked] = useState<string[]>([])
  const { deal, stage, missing } = asked
  return (
    <Modal
      open
      title={t('crm.tickFirst', { stage: deal.stage?.label })}
      okText={t('crm.tickGo')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: ticked.length < missing.length, loading: busy }}
      onOk={() => go(ticked)}
      onCancel={onClose}
    >
      <p className="soft">{t('crm.tickText', { to: stage.name })}</p>
      <Checkbox.Group className="tickfirst" options={missing} value={ticked} onChange={setTicked} />
    </Modal>
  )
}
