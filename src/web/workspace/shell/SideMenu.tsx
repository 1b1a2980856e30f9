import { DownOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuGroup } from '@/api/menu'
import { useMeta } from '@/api/queries'
import { Icon } from '@/shared/Icon'
import { classes } from '@/shared/text'
import { HOME, listUrl, parseUrl } from '../route'
import { TabLink } from '../TabLink'
import { useTabs } from '../tabs'

function Group({ group, current, onGo }: { group: MenuGroup; current: string; onGo?: () => void }) {
  const holds = group.items.some((item) => item.key === current)
  const [open, setOpen] = useState(true)
  return (
    <li>
      <button type="button" className={classes('menu__group', holds && 'is-within')} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={group.icon} />
        <span>{group.label}</span>
        <DownOutlined className="menu__arrow" />
      </button>
      {open && (
        <ul>
          {group.items.map((item) => (
            <li key={item.key}>
              <TabLink
                to={listUrl(item.key, item.filters)}
                onClick={onGo}
                className={classes('menu__item', item.key === current && 'is-current')}
                aria-current={item.key === current ? 'page' : undefined}
              >
                {item.label}
              </TabLink>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Rail({ groups, current }: { groups: MenuGroup[]; current: string }) {
  return groups.map((group) => (
    <li key={group.key}>
      <Tooltip
        placement="rightTop"
        classNames={{ root: 'railtip' }}
        trigger={['hover', 'focus']}
        title={
          <>
            <b>{group.label}</b>
            {group.items.map((item) => (
              <TabLink key={item.key} to={listUrl(item.key, item.filters)} className="railtip__item">
                {item.label}
              </TabLink>
            ))}
          </>
        }
      >
        <button
          type="button"
          className={classes('menu__rail', group.items.some((item) => item.key === current) && 'is-current')}
          aria-label={group.label}
        >
          <Icon name={group.icon} />
        </button>
      </Tooltip>
    </li>
  ))
}

/** What the member may open, as the server tells it. */
export function SideMenu({ narrow = false, onGo }: { narrow?: boolean; onGo?: () => void }) {
  const { t } = useTranslation()
  const { menu } = useMeta()
  const active = useTabs((state) => state.active)
  const route = parseUrl(active)
  const key = route.page === 'page' ? `page.${route.key}` : route.key
  return (
    <nav className={classes('menu', narrow && 'is-narrow')} aria-label={t('shell.menu')}>
      <ul>
        <li>
          <TabLink to={HOME} onClick={onGo} className={classes('menu__home', active === HOME && 'is-current')} aria-label={t('shell.home')}>
            <Icon name="home" />
            {!narrow && <span>{t('shell.home')}</span>}
          </TabLink>
        </li>
        {narrow ? (
          <Rail groups={menu} current={key} />
        ) : (
          menu.map((group) => <Group key={group.key} group={group} current={key} onGo={onGo} />)
        )}
      </ul>
    </nav>
  )
}
