import { DownloadOutlined, FileTextOutlined, OrderedListOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { App, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { OutLink } from '@/kit/field/OutLink'
import { formatSize } from '@/shared/format'
import { classes } from '@/shared/text'
import { type Material, tick } from './model'

const ICONS = { video: PlayCircleOutlined, document: FileTextOutlined, steps: OrderedListOutlined }

function Content({ row }: { row: Material }) {
  const { t } = useTranslation()
  return (
    <div className="material__content">
      {row.kind === 'steps' ? (
        <ol>
          {row.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      ) : (
        row.text && <p>{row.text}</p>
      )}
      {row.link && (
        <p>
          <OutLink url={row.link}>{t(row.kind === 'video' ? 'training.watch' : 'training.readOn')}</OutLink>
        </p>
      )}
      {row.files.length > 0 && (
        <p className="part__line">
          {row.files.map((file) => (
            <Button key={file.url} size="small" icon={<DownloadOutlined />} href={file.url} download>
              {`${file.name} · ${formatSize(file.size)}`}
            </Button>
          ))}
        </p>
      )}
    </div>
  )
}

/** One piece of the library: opened where it stands, ticked off when it is done. */
export function MaterialItem({ row }: { row: Material }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const Icon = ICONS[row.kind]
  const change = async (done: boolean) => {
    setBusy(true)
    await tick(row, done).catch((refused) => message.error(problemOf(refused).detail))
    setBusy(false)
  }
  return (
    <li className={classes('material', row.done !== null && 'is-done')} data-testid="material">
      <div className="material__head">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon />
          <span>
            <b>{row.title}</b>
            <small className="soft">
              {[row.kind_label, row.minutes !== null && t('training.minutes', { count: row.minutes })].filter(Boolean).join(' · ')}
            </small>
          </span>
        </button>
        <Checkbox checked={row.done !== null} disabled={busy} onChange={(event) => void change(event.target.checked)}>
          {t('training.done')}
        </Checkbox>
      </div>
      {open && <Content row={row} />}
    </li>
  )
}
