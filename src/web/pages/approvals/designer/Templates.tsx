import { Button, Empty, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { Waiting } from '@/shared/Waiting'
import type { Drawing } from './drawing'
import { FlowTree } from './FlowTree'
import { useTemplates } from './useFlow'

interface Props {
  resource: string
  onTake: (drawing: Drawing) => void
  onClose: () => void
}

/** Ready flows to begin from: those for any document type and those for this one. */
export function Templates({ resource, onTake, onClose }: Props) {
  const { t } = useTranslation()
  const { data, error, isPending } = useTemplates(true)
  const fitting = data?.rows.filter((template) => !template.resource || template.resource === resource)
  return (
    <Modal open width={860} title={t('designer.templates')} footer={null} onCancel={onClose}>
      {isPending && !error && <Waiting />}
      {error && <p className="field__error">{problemOf(error).detail}</p>}
      {fitting?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} />}
      <ul className="templates">
        {fitting?.map((template) => (
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
