import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Checklist } from '@/api/choosing'
import { formatList } from '@/shared/format'
import './approval.css'

interface Props {
  checklist: Checklist
  /** The documents it is for, when there are several. */
  about: string[]
  onDone: (checked: boolean) => void
}

/** What is to be checked before an action: each item by itself, then it goes on. */
export default function CheckFirst({ checklist, about, onDone }: Props) {
  const { t } = useTranslation()
  const [ticked, setTicked] = useState<string[]>([])
  return (
    <Modal
      open
      title={checklist.title}
      onCancel={() => onDone(false)}
      data-testid="check-first"
      footer={
        <>
          <Button onClick={() => onDone(false)}>{t('cancel')}</Button>
          <Button type="primary" disabled={ticked.length < checklist.items.length} data-testid="check-done" onClick={() => onDone(true)}>
            {t('approval.checked')}
          </Button>
        </>
      }
    >
      <div className="dialog">
        <p className={checklist.text ? undefined : 'soft'}>{checklist.text ?? t('approval.checkText')}</p>
        {about.length > 0 && <p>{t('approval.chooseFor', { count: about.length, names: formatList(about) })}</p>}
        <Checkbox.Group className="checks" value={ticked} options={checklist.items} onChange={setTicked} />
      </div>
    </Modal>
  )
}
