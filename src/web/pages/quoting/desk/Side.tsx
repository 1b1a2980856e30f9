import { CloseOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '@/shared/useMedia'

interface Props {
  at: 'left' | 'right'
  title: string
  /** Beside the document; else over it. */
  beside: boolean
  /** It was opened just now, by key or button: the keyboard goes along. */
  entered: boolean
  onClose: () => void
  /** Escape goes back to the document and leaves it open. */
  onLeave: () => void
  children: ReactNode
}

/** What stands beside a document on a wide screen, and over it on a narrow one. */
export function Side({ at, title, beside, entered, onClose, onLeave, children }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (beside && entered) box.current?.focus()
  }, [beside, entered])
  if (!beside)
    return (
      <Drawer open onClose={onClose} placement={at} title={title} size={phone ? '100%' : 720} rootClassName="deskdrawer" destroyOnHidden>
        {children}
      </Drawer>
    )
  const leave = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onLeave()
  return (
    <aside className={`deskpane is-${at}`} aria-label={title} ref={box} tabIndex={-1} onKeyDown={leave}>
      <header>
        <h2>{title}</h2>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('close')} title={t('close')} onClick={onClose} />
      </header>
      {children}
    </aside>
  )
}
