import { App } from 'antd'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** An address that somebody typed: where it leads is told before anybody goes there. */
export function OutLink({ url, children = url }: { url: string; children?: ReactNode }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const ask = async (event: MouseEvent) => {
    const { host } = new URL(url, location.href)
    if (host === location.host) return
    event.preventDefault()
    const go = await modal.confirm({
      title: t('out.title', { host }),
      content: <span className="out__address">{url}</span>,
      okText: t('out.go'),
    })
    if (go) window.open(url, '_blank', 'noopener,noreferrer')
  }
  return (
    <a href={url} target="_blank" rel="noreferrer" onClick={(event) => void ask(event)}>
      {children}
    </a>
  )
}
