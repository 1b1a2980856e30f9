import {
  AppstoreAddOutlined,
  ExperimentOutlined,
  ExportOutlined,
  FullscreenExitOutlined,
  FullscreenOutlined,
  ImportOutlined,
  RedoOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly: boolean
  full: boolean
  undo: (() => void) | null
  redo: (() => void) | null
  onFull: () => void
  onTemplates: () => void
  onTry: () => void
  onExport: () => void
  onImport: (file: File) => void
  children: ReactNode
}

/** Over the drawing: step back and forth, begin from a ready flow, try it, take it along. */
export function Tools({ readonly, full, undo, redo, onFull, onTemplates, onTry, onExport, onImport, children }: Props) {
  const { t } = useTranslation()
  const file = useRef<HTMLInputElement>(null)
  const icon = (name: string, shape: ReactNode, go: (() => void) | null) => (
    <Button
      type="text"
      size="small"
      icon={shape}
      disabled={!go}
      title={t(`designer.${name}`)}
      aria-label={t(`designer.${name}`)}
      data-testid={`flow-${name}`}
      onClick={() => go?.()}
    />
  )
  return (
    <header className="fboard__tools">
      {!readonly && (
        <>
          {icon('undo', <UndoOutlined />, undo)}
          {icon('redo', <RedoOutlined />, redo)}
          <Button size="small" icon={<AppstoreAddOutlined />} data-testid="flow-templates" onClick={onTemplates}>
            {t('designer.templates')}
          </Button>
        </>
      )}
      <Button size="small" icon={<ExperimentOutlined />} data-testid="flow-try" onClick={onTry}>
        {t('designer.try')}
      </Button>
      {children}
      <span className="fboard__end">
        {!readonly && (
          <>
            {icon('import', <ImportOutlined />, () => file.current?.click())}
            <input
              ref={file}
              type="file"
              accept=".json,application/json"
              hidden
              aria-label={t('designer.import')}
              onChange={(event) => {
                const [chosen] = event.target.files ?? []
                if (chosen) onImport(chosen)
                event.target.value = ''
              }}
            />
          </>
        )}
        {icon('export', <ExportOutlined />, onExport)}
        {icon(full ? 'small' : 'full', full ? <FullscreenExitOutlined /> : <FullscreenOutlined />, onFull)}
      </span>
    </header>
  )
}
