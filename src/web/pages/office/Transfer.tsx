import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Values } from '@/api/types'
import { saveFile } from '@/shared/saveFile'
import { exported, imported } from './model'
import type { Drawing } from './useDesign'

/** A design leaves as a file and comes back from one, here or in another company. */
export function Transfer({ drawing: { design, set, choose }, about, readonly }: { drawing: Drawing; about: Values; readonly: boolean }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const input = useRef<HTMLInputElement>(null)
  const save = () => {
    const content = new Blob([exported(String(about.name), { ...about, design })], { type: 'application/json' })
    saveFile(`${String(about.key || about.name || 'form')}.json`, content)
  }
  const take = async (file: File | undefined) => {
    const next = file && imported(await file.text())
    if (!file) return
    if (!next) return void message.error(t('office.noDesign', { name: file.name }))
    choose(null)
    set(next)
    void message.success(t('office.taken', { name: file.name }))
  }
  return (
    <span className="designer__transfer">
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button icon={<DownloadOutlined />} onClick={save}>
        {t('office.export')}
      </Button>
      <Button icon={<UploadOutlined />} disabled={readonly} onClick={() => input.current?.click()}>
        {t('office.import')}
      </Button>
    </span>
  )
}
