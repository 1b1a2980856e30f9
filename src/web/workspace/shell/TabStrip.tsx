import { CloseOutlined } from '@ant-design/icons'
import { App, Dropdown } from 'antd'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '@/shared/Icon'
import { classes } from '@/shared/text'
import { useDrafts } from '../drafts'
import { draftKey, HOME, parseUrl } from '../route'
import { openTab, type Tab, useTabs } from '../tabs'
import { useTabDrag } from './useTabDrag'
import { useTitles, useUnsaved } from './useTitles'

/** Closing a tab with unsaved input asks first, naming the document. */
function useClose() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const titleOf = useTitles()
  const unsaved = useUnsaved()
  return async (tabs: Tab[]) => {
    const closing: string[] = []
    for (const tab of tabs.filter(({ key }) => key !== HOME)) {
      if (unsaved(tab)) {
        const sure = await modal.confirm({
          title: t('tabs.discard', { name: titleOf(tab) }),
          content: t('tabs.discardText'),
          okText: t('tabs.discardOk'),
          okButtonProps: { danger: true },
        })
        if (!sure) break
      }
      useDrafts.getState().drop(draftKey(parseUrl(tab.key)))
      closing.push(tab.key)
    }
    useTabs.getState().close(closing)
  }
}

function useTabMenu(tab: Tab, close: (tabs: Tab[]) => Promise<void>) {
  const { t } = useTranslation()
  const { tabs, move } = useTabs.getState()
  const at = tabs.findIndex(({ key }) => key === tab.key)
  const others = tabs.filter(({ key }) => key !== tab.key)
  const fixed = tab.key === HOME
  return [
    { key: 'close', label: t('tabs.close'), disabled: fixed, onClick: () => void close([tab]) },
    { key: 'others', label: t('tabs.closeOthers'), onClick: () => void close(others) },
    { key: 'right', label: t('tabs.closeRight'), onClick: () => void close(tabs.slice(at + 1)) },
    { type: 'divider' as const },
    { key: 'left', label: t('tabs.moveLeft'), disabled: fixed || at < 2, onClick: () => move(tab.key, at - 1) },
    { key: 'moveRight', label: t('tabs.moveRight'), disabled: fixed || at === tabs.length - 1, onClick: () => move(tab.key, at + 1) },
  ]
}

function TabButton({ tab, active, close }: { tab: Tab; active: boolean; close: (tabs: Tab[]) => Promise<void> }) {
  const { t } = useTranslation()
  const title = useTitles()(tab)
  const unsaved = useUnsaved()(tab)
  const box = useRef<HTMLDivElement>(null)
  const edge = useTabDrag(box, tab)
  const menu = useTabMenu(tab, close)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tab grows when its document's name arrives
  useEffect(() => {
    if (active) box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active, title])
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const { tabs } = useTabs.getState()
    const next = step && tabs[tabs.findIndex(({ key }) => key === tab.key) + step]
    if (next) openTab(next.url)
    if (event.key === 'Delete') void close([tab])
  }
  return (
    <Dropdown trigger={['contextMenu']} menu={{ items: menu }}>
      <div
        ref={box}
        className={classes('tab', active && 'is-active', edge && `is-over-${edge}`)}
        onAuxClick={(event) => event.button === 1 && void close([tab])}
      >
        <button
          type="button"
          role="tab"
          aria-selected={active}
          tabIndex={active ? 0 : -1}
          className="tab__label"
          title={title}
          ref={(button) => {
            if (active && document.activeElement?.getAttribute('role') === 'tab') button?.focus()
          }}
          onClick={() => openTab(tab.url)}
          onKeyDown={keys}
        >
          {unsaved && <i className="dot" data-testid="unsaved" title={t('document.unsaved')} />}
          {tab.key === HOME && <Icon name="home" />}
          <span>{title}</span>
        </button>
        {tab.key !== HOME && (
          <button
            type="button"
            className="tab__close"
            tabIndex={-1}
            aria-label={t('tabs.closeNamed', { name: title })}
            onClick={() => void close([tab])}
          >
            <CloseOutlined />
          </button>
        )}
      </div>
    </Dropdown>
  )
}

export function TabStrip() {
  const { t } = useTranslation()
  const tabs = useTabs((state) => state.tabs)
  const active = useTabs((state) => state.active)
  const close = useClose()
  return (
    <div className="tabs" role="tablist" aria-label={t('tabs.label')}>
      {tabs.map((tab) => (
        <TabButton key={tab.key} tab={tab} active={tab.key === active} close={close} />
      ))}
    </div>
  )
}
