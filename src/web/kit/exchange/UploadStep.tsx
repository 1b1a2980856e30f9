import { DownloadOutlined, FileExcelOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'

export function UploadStep({ template, onFile }: { template: string; onFile: (file: File) => void }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  return (
    <>
      <input ref={input} type="file" accept=".xlsx,.csv" hidden data-testid="import-file" onChange={(event) => take(event.target.files)} />
      <button
        type="button"
        className={classes('exchange__drop', over && 'is-over')}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <FileExcelOutlined />
        <b>{t('import.drop')}</b>
        <span className="soft">{t('import.kinds')}</span>
      </button>
      <p>
        {t('import.first')}{' '}
        <Button size="small" icon={<DownloadOutlined />} href={template} download>
          {t('import.template')}
        </Button>
      </p>
    </>
  )
}
