import { DownloadOutlined, EllipsisOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Description } from '@/api/types'
import { usePhone } from '@/shared/useMedia'
import { newUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'
import { Columns } from './Columns'
import type { Selected } from './ListPage'
import type { ListState } from './model'
import { SavedViews } from './SavedViews'
import { GroupBy } from './Toolbar'
import type { Views } from './useList'

const ExportDialog = lazy(() => import('../exchange/ExportDialog'))
const ImportWizard = lazy(() => import('../exchange/ImportWizard'))

interface Props {
  description: Description
  views: Views
  state: ListState
  set: (next: ListState) => void
  selected: Selected
}

export function ListHead({ description, views, state, set, selected }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const [dialog, setDialog] = useState<'import' | 'export' | null>(null)
  const { can } = description
  const items = [
    ...(can.import ? [{ key: 'import', icon: <UploadOutlined />, label: t('list.import'), onClick: () => setDialog('import') }] : []),
    ...(can.export ? [{ key: 'export', icon: <DownloadOutlined />, label: t('list.export'), onClick: () => setDialog('export') }] : []),
  ]
  const close = () => setDialog(null)
  return (
    <header className="list__head">
      <h1>{description.plural}</h1>
      <div className="list__tools">
        {!phone && <GroupBy description={description} state={state} set={set} />}
        <SavedViews views={views} state={state} set={set} />
        {!phone && <Columns description={description} views={views} />}
        {items.length > 0 && (
          <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
            <Button icon={<EllipsisOutlined />} aria-label={t('list.more')} data-testid="list-more" />
          </Dropdown>
        )}
        {can.create && (
          <Button type="primary" icon={<PlusOutlined />} data-testid="new" onClick={() => openTab(newUrl(description.key))}>
            {t(phone ? 'shell.new' : 'document.newOf', { name: description.label })}
          </Button>
        )}
      </div>
      <Suspense>
        {dialog === 'export' && (
          <ExportDialog description={description} views={views} state={state} ids={[...selected.keys()]} onClose={close} />
        )}
        {dialog === 'import' && <ImportWizard description={description} onClose={close} />}
      </Suspense>
    </header>
  )
}
