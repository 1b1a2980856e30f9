import { AppstoreOutlined, BellOutlined, HomeOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons'
import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { Icon } from '@/shared/Icon'
import { classes } from '@/shared/text'
import { useUnreadNews } from '../notices/useNews'
import { HOME, newUrl } from '../route'
import { openTab, useTabs } from '../tabs'
import { SideMenu } from './SideMenu'

function NewSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { resources, menu } = useMeta()
  // what an administrator sets up is set up from the menu
  const items = menu
    .filter((group) => group.key !== 'settings')
    .flatMap((group) => group.items)
    .filter((item) => resources[item.key]?.can.create)
  return (
    <Drawer open={open} onClose={onClose} placement="bottom" size="auto" title={t('shell.new')}>
      <div className="newsheet">
        {items.map((item) => (
          <button
            type="button"
            key={item.key}
            onClick={() => {
              openTab(newUrl(item.key))
              onClose()
            }}
          >
            <Icon name={resources[item.key]?.icon ?? ''} />
            <span>{resources[item.key]?.label}</span>
          </button>
        ))}
      </div>
    </Drawer>
  )
}

/** A thumb's reach on the phone. */
export default function BottomNav({ onSearch, onMessages }: { onSearch: () => void; onMessages: () => void }) {
  const { t } = useTranslation()
  const { unread } = useMeta()
  const news = useUnreadNews()
  const atHome = useTabs((state) => state.active === HOME)
  const [sheet, setSheet] = useState<'menu' | 'new' | null>(null)
  const close = () => setSheet(null)
  return (
    <>
      <nav className="bottom" aria-label={t('shell.menu')}>
        <button type="button" className={classes(atHome && 'is-current')} onClick={() => openTab(HOME)}>
          <HomeOutlined />
          {t('shell.homeShort')}
        </button>
        <button type="button" onClick={() => setSheet('menu')}>
          <AppstoreOutlined />
          {t('shell.menu')}
        </button>
        <button type="button" className="bottom__new" aria-label={t('shell.new')} onClick={() => setSheet('new')}>
          <PlusOutlined />
        </button>
        <button type="button" onClick={onSearch}>
          <SearchOutlined />
          {t('shell.search')}
        </button>
        <button type="button" onClick={onMessages}>
          <span className="bottom__bell">
            <BellOutlined />
            {unread + news > 0 && <i className="dot is-red" />}
          </span>
          {t('messages.short')}
        </button>
      </nav>
      <Drawer
        open={sheet === 'menu'}
        onClose={close}
        placement="left"
        size={280}
        title={t('shell.menu')}
        classNames={{ body: 'drawer--flush' }}
      >
        <SideMenu onGo={close} />
      </Drawer>
      <NewSheet open={sheet === 'new'} onClose={close} />
    </>
  )
}
