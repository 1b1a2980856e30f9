import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, problemOf, upload } from '@/api/http'
import type { Id, RefValue } from '@/api/types'
import type { InputProps } from './overlays'
import './field.css'

interface Place {
  id: Id
  upload: { method: string; url: string; headers: Record<string, string> }
}

/** One file as the value of a field: it is sent at once and belongs to the document when that is saved. */
export function FileInput({ value, onChange, id, invalid }: InputProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const chosen = typeof value === 'object' && value !== null && 'id' in value ? (value as RefValue) : null
  const send = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setProblem('')
    try {
      const place = await post<Place>('/api/v1/files/', { name: file.name, size: file.size, type: file.type || 'application/octet-stream' })
      await upload(place.upload, file)
      onChange({ id: place.id, label: file.name })
    } catch (error) {
      setProblem(problemOf(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="field__file">
      <input ref={input} type="file" hidden onChange={(event) => void send(event.target.files?.[0])} />
      <Button
        id={id}
        danger={invalid}
        loading={busy}
        icon={<PaperClipOutlined />}
        title={chosen?.label ?? undefined}
        onClick={() => input.current?.click()}
      >
        <span>{chosen?.label ?? t('field.chooseFile')}</span>
      </Button>
      {chosen && <Button type="text" aria-label={t('field.noFile')} icon={<DeleteOutlined />} onClick={() => onChange(null)} />}
      {problem && (
        <p className="field__error" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
