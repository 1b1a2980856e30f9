import { UndoOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type LineEdit, rowsOf } from '@/kit/document/model'
import type { Editor } from '@/kit/document/useEditor'
import { letGo, letGoOf } from '@/kit/selection/pairing'

/** Lines whose item was exchanged by hand: what was configured for the former one is gone, and comes back at a press. */
export function LetGo({ editor: { doc, edits, setLines } }: { editor: Editor }) {
  const { t } = useTranslation()
  const back = (row: LineEdit) =>
    setLines('lines', (rows) => rows.map((one) => (one._k === row._k ? letGo({ ...one, item: letGoOf(one)?.item }, one, undefined) : one)))
  return rowsOf(doc, edits, 'lines').map((row, at) => {
    const gone = letGoOf(row)
    if (!gone) return null
    return (
      <Alert
        key={row._k}
        type="info"
        showIcon
        className="letgo"
        title={t('quote.letGo', { line: at + 1, name: gone.name, item: gone.item.label })}
        data-testid="let-go"
        action={
          <Button size="small" icon={<UndoOutlined />} onClick={() => back(row)}>
            {t('quote.takeBack')}
          </Button>
        }
      />
    )
  })
}
