import { CalculatorOutlined, FileSearchOutlined, QuestionCircleOutlined, SlidersOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePhone } from '@/shared/useMedia'
import { showKeys } from '@/workspace/keyHelp'
import type { Pane } from './usePanes'

const PANES: Record<Pane, { icon: ReactNode; chord: string; testid: string }> = {
  selection: { icon: <SlidersOutlined />, chord: 'F8', testid: 'configure' },
  paper: { icon: <FileSearchOutlined />, chord: 'F9', testid: 'show-paper' },
}

interface Props {
  possible: Pane[]
  isOpen: (pane: Pane) => boolean
  toggle: (pane: Pane) => void
  prices: () => void
}

/** What can be opened beside a quote; each says its key. */
export function Tools({ possible, isOpen, toggle, prices }: Props) {
  const { t } = useTranslation()
  const phone = usePhone()
  return (
    <div className="desktools">
      {possible.map((pane) => (
        <Button
          key={pane}
          icon={PANES[pane].icon}
          type={isOpen(pane) ? 'primary' : 'default'}
          ghost={isOpen(pane)}
          aria-pressed={isOpen(pane)}
          aria-label={t(`quote.pane.${pane}`)}
          title={`${t(`quote.pane.${pane}`)} (${PANES[pane].chord})`}
          data-testid={PANES[pane].testid}
          onClick={() => toggle(pane)}
        >
          {t(`quote.pane.${pane}`)}
        </Button>
      ))}
      <Button
        icon={<CalculatorOutlined />}
        aria-label={t('quote.prices')}
        title={`${t('quote.prices')} (F7)`}
        onClick={prices}
        data-testid="quote-prices"
      >
        {t('quote.prices')}
      </Button>
      {!phone && (
        <Button
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={t('keys.title')}
          title={`${t('keys.title')} (?)`}
          onClick={showKeys}
        />
      )}
    </div>
  )
}
