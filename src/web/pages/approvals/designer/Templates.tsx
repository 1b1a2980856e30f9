import { Button, Empty, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { Waiting } from '@/shared/Waiting'
import type { Drawing } from './drawing'
import { FlowTree } from './FlowTree'
import { useTemplates } from './useFlow'

/** Ready flows to begin from. */
export function Templates({ onTake, onClose }: { onTake: (drawing: Drawing) => void; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error, isPending } = useTemplates(true)
  return (
    <Modal open width={860} title={t('designer.templates')} footer={null} onCancel={onClose}>
      {isPending && !error && <Waiting />}
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {data?.rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} />}
      <ul className="templates">
        {data?.rows.map((template) => (
          <li key={template.key} className="panel" data-testid="template">
            <h3>{template.label}</h3>
            <p className="soft">{template.text}</p>
            <FlowTree drawing={template.drawing} small />
            <Button size="small" type="primary" onClick={() => onTake(template.drawing)}>
              {t('designer.take')}
            </Button>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
