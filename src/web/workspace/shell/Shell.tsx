import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { Logo } from '@/shared/Logo'
import { classes } from '@/shared/text'
import { usePhone } from '@/shared/useMedia'
import { Notices } from '../notices/Notices'
import { type Pages, TabHost } from '../TabHost'
import { useStamp } from '../useStamp'
import { SideMenu } from './SideMenu'
import { TabStrip } from './TabStrip'
import { TopBar } from './TopBar'
import './shell.css'

const BottomNav = lazy(() => import('./BottomNav'))
const Palette = lazy(() => import('../palette/Palette'))
const Messages = lazy(() => import('./Messages'))
const NARROW = 'menu.narrow'

export function Shell({ pages }: { pages: Pages }) {
  const { t } = useTranslation()
  const { company } = useMeta()
  const phone = usePhone()
  useStamp()
  const [narrow, setNarrow] = useState(localStorage.getItem(NARROW) === '1')
  const [palette, setPalette] = useState(false)
  const [messages, setMessages] = useState<boolean | null>(null)
  const fold = () => {
    localStorage.setItem(NARROW, narrow ? '0' : '1')
    setNarrow(!narrow)
  }
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      setPalette(true)
    }
    window.addEventListener('keydown', keys)
    return () => window.removeEventListener('keydown', keys)
  }, [])
  const openPalette = () => setPalette(true)
  const openMessages = () => setMessages(true)
  return (
    <div className={classes('shell', narrow && 'is-narrow')}>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      {!phone && (
        <aside className="side">
          <div className="side__brand" title={company.name}>
            <Logo />
            {!narrow && (
              <span>
                <b>{company.name}</b>
                <small>{t('brand')}</small>
              </span>
            )}
          </div>
          <SideMenu narrow={narrow} />
        </aside>
      )}
      <TopBar phone={phone} narrow={narrow} onNarrow={fold} onSearch={openPalette} onMessages={openMessages} />
      <TabStrip />
      <Notices />
      <main className="main" id="main" tabIndex={-1}>
        <TabHost pages={pages} />
      </main>
      <Suspense>
        {phone && <BottomNav onSearch={openPalette} onMessages={openMessages} />}
        {palette && <Palette onClose={() => setPalette(false)} />}
        {messages !== null && <Messages open={messages} onClose={() => setMessages(false)} />}
      </Suspense>
    </div>
  )
}
