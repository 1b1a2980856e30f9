import {
  AuditOutlined,
  BellOutlined,
  GlobalOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  MessageOutlined,
  PlusOutlined,
  SearchOutlined,
} from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { queryClient, saveSetting, useMeta } from '@/api/queries'
import { Counted } from '@/shared/Counted'
import { language, setLanguage, wireLanguage } from '@/shared/i18n'
import { Logo } from '@/shared/Logo'
import { FEEDBACK, openFeedback } from '../feedback'
import { logOut, scopeOf } from '../leaving'
import { useUnreadNews } from '../notices/useNews'
import { listUrl, newUrl } from '../route'
import { openTab } from '../tabs'
import { useDeciding } from '../useStamp'

async function toggleLanguage() {
  await setLanguage(language() === 'en' ? 'zh-CN' : 'en')
  await Promise.all([saveSetting('language', wireLanguage()), queryClient.invalidateQueries()])
}

function NewMenu() {
  const { t } = useTranslation()
  const { menu, resources } = useMeta()
  const groups = menu
    .map((group) => ({ ...group, items: group.items.filter((item) => resources[item.key]?.can.create) }))
    .filter((group) => group.items.length > 0)
  if (groups.length === 0) return null
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        className: 'newmenu',
        items: groups.map((group) => ({
          key: group.key,
          type: 'group' as const,
          label: group.label,
          children: group.items.map((item) => ({
            key: item.key,
            label: resources[item.key]?.label ?? item.label,
            onClick: () => openTab(newUrl(item.key)),
          })),
        })),
      }}
    >
      <Button color="primary" variant="filled" icon={<PlusOutlined />} data-testid="new-menu">
        {t('shell.new')}
      </Button>
    </Dropdown>
  )
}

function UserMenu() {
  const { t } = useTranslation()
  const { member, company, resources } = useMeta()
  const items = [
    {
      key: 'who',
      type: 'group' as const,
      label: (
        <span className="who">
          <b>{member.name}</b>
          <span>{[company.name, member.unit?.label].filter(Boolean).join(' · ')}</span>
        </span>
      ),
    },
    { key: 'account', label: t('page.account'), onClick: () => openTab('/w/page/account') },
    { key: 'jobs', label: t('page.jobs'), onClick: () => openTab('/w/page/jobs') },
    ...(resources[FEEDBACK]
      ? [
          { type: 'divider' as const },
          { key: 'feedback', label: t('feedback.give'), onClick: () => openFeedback(t('feedback.give')) },
          { key: 'answers', label: t('feedback.own'), onClick: () => openTab(listUrl(FEEDBACK)) },
        ]
      : []),
    { type: 'divider' as const },
    { key: 'out', label: t('shell.logOut'), onClick: () => void logOut(scopeOf({ company, member })) },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items }}>
      <Button type="text" shape="circle" aria-label={t('shell.user', { name: member.name })} data-testid="user-menu">
        <span className="avatar">{member.name.slice(0, 1)}</span>
      </Button>
    </Dropdown>
  )
}

interface Props {
  phone: boolean
  narrow: boolean
  onNarrow: () => void
  onSearch: () => void
  onMessages: () => void
}

export function TopBar({ phone, narrow, onNarrow, onSearch, onMessages }: Props) {
  const { t } = useTranslation()
  const { unread, company, resources } = useMeta()
  const news = useUnreadNews()
  const deciding = useDeciding()
  return (
    <header className="top">
      {phone ? (
        <span className="top__brand">
          <Logo />
          <b>{company.name}</b>
        </span>
      ) : (
        <Button
          type="text"
          aria-label={t(narrow ? 'shell.widen' : 'shell.narrow')}
          icon={narrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          onClick={onNarrow}
        />
      )}
      {!phone && (
        <button type="button" className="top__search" onClick={onSearch} data-testid="open-palette">
          <SearchOutlined />
          <span>{t('shell.searchHint')}</span>
          <kbd>Ctrl K</kbd>
        </button>
      )}
      <span className="top__end">{!phone && <NewMenu />}</span>
      {resources[FEEDBACK]?.can.create && (
        <Tooltip title={t('feedback.give')}>
          <Button
            type="text"
            data-testid="feedback"
            aria-label={t('feedback.give')}
            icon={<MessageOutlined />}
            onClick={() => openFeedback(t('feedback.give'))}
          />
        </Tooltip>
      )}
      <Tooltip title={t('shell.otherLanguage')}>
        <Button
          type="text"
          data-testid="language"
          aria-label={t('shell.otherLanguage')}
          icon={<GlobalOutlined />}
          onClick={() => void toggleLanguage()}
        >
          {language() === 'en' ? 'EN' : '中'}
        </Button>
      </Tooltip>
      {deciding > 0 && (
        <Counted count={deciding}>
          <Tooltip title={t('approval.waiting', { count: deciding })}>
            <Button
              type="text"
              aria-label={t('approval.waiting', { count: deciding })}
              data-testid="deciding"
              icon={<AuditOutlined />}
              onClick={() => openTab(listUrl('page.approvals'))}
            />
          </Tooltip>
        </Counted>
      )}
      {!phone && (
        <Counted count={unread + news}>
          <Button type="text" aria-label={t('messages.title')} data-testid="messages" icon={<BellOutlined />} onClick={onMessages} />
        </Counted>
      )}
      <UserMenu />
    </header>
  )
}
