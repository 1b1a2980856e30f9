import { DeleteOutlined, DownloadOutlined, FileOutlined, FilePdfOutlined, InboxOutlined } from '@ant-design/icons'
import { App, Button, Empty, Image, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { del, post, problemOf, upload } from '@/api/http'
import { queryClient, usePages } from '@/api/queries'
import type { FileRow, Id } from '@/api/types'
import { formatAgo, formatSize } from '@/shared/format'
import { classes } from '@/shared/text'

interface Place {
  id: Id
  upload: { method: string; url: string; headers: Record<string, string> }
}

const refresh = () => queryClient.invalidateQueries({ predicate: ({ queryKey }) => ['files', 'events'].includes(String(queryKey[0])) })

function Row({ file, onRemove }: { file: FileRow; onRemove: () => void }) {
  const { t } = useTranslation()
  const picture = file.type.startsWith('image/')
  return (
    <li className="file">
      {picture ? (
        <Image src={file.url} alt={file.name} width={34} height={34} />
      ) : file.type === 'application/pdf' ? (
        <FilePdfOutlined />
      ) : (
        <FileOutlined />
      )}
      <span>
        <a href={file.url} target="_blank" rel="noreferrer">
          {file.name}
        </a>
        <small>
          {formatSize(file.size)} · {file.by?.label} · {formatAgo(file.at)}
        </small>
      </span>
      <Button
        type="text"
        size="small"
        href={file.url}
        download={file.name}
        aria-label={t('side.download', { name: file.name })}
        icon={<DownloadOutlined />}
      />
      <Button type="text" size="small" aria-label={t('side.detach', { name: file.name })} icon={<DeleteOutlined />} onClick={onRemove} />
    </li>
  )
}

export default function Files({ url }: { url: string }) {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [sending, setSending] = useState<{ done: number; total: number } | null>(null)
  const { data } = usePages<FileRow>('files', url)
  const files = data?.pages.flatMap((page) => page.rows) ?? []

  const send = async (chosen: FileList | null) => {
    const list = [...(chosen ?? [])]
    for (const [done, file] of list.entries()) {
      setSending({ done, total: list.length })
      try {
        const place = await post<Place>('/api/v1/files/', {
          name: file.name,
          size: file.size,
          type: file.type || 'application/octet-stream',
        })
        await upload(place.upload, file)
        await post(url, { file: place.id })
      } catch (error) {
        void message.error(`${file.name}: ${problemOf(error).detail}`)
      }
    }
    setSending(null)
    await refresh()
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files)
  }
  const remove = async (file: FileRow) => {
    if (!(await modal.confirm({ title: t('side.detachSure', { name: file.name }), okButtonProps: { danger: true } }))) return
    await del(`${url}${file.id}/`).catch((error: unknown) => message.error(problemOf(error).detail))
    await refresh()
  }
  return (
    <div className="files">
      <input ref={input} type="file" multiple hidden data-testid="file-input" onChange={(event) => void send(event.target.files)} />
      <button
        type="button"
        className={classes('files__drop', over && 'is-over')}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined />
        {t('side.drop')}
      </button>
      {sending && <Progress percent={Math.round((sending.done / sending.total) * 100)} size="small" />}
      {files.length === 0 && !sending && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('side.noFiles')} />}
      <ul>
        {files.map((file) => (
          <Row key={file.id} file={file} onRemove={() => void remove(file)} />
        ))}
      </ul>
    </div>
  )
}
