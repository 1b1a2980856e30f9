import { InfoCircleOutlined } from '@ant-design/icons'
import { Popover } from 'antd'
import { type ReactNode, type SyntheticEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

const own = (event: SyntheticEvent) => event.stopPropagation()

/** Takes the keyboard when it opens, and gives it back with Escape; what happens inside is not the grid's. */
function Inside({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus({ preventScroll: true }), [])
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={t('lines.about')}
      tabIndex={-1}
      className="cellhint"
      data-testid="cell-hint"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
      onMouseDown={own}
      onMouseMove={own}
      onDoubleClick={own}
      onCopy={own}
    >
      {children}
    </div>
  )
}

interface Props {
  open: boolean
  onOpen: (open: boolean) => void
  children: ReactNode
}

/** At the cell that the cursor stands on: what is known besides about its value. */
export function CellHint({ open, onOpen, children }: Props) {
  const { t } = useTranslation()
  const title = `${t('lines.about')} (Alt+Enter)`
  return (
    <Popover
      open={open}
      onOpenChange={onOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<Inside onClose={() => onOpen(false)}>{children}</Inside>}
    >
      <button
        type="button"
        tabIndex={-1}
        className="grid__about"
        aria-label={title}
        title={title}
        aria-expanded={open}
        onMouseDown={own}
        onDoubleClick={own}
      >
        <InfoCircleOutlined />
      </button>
    </Popover>
  )
}
