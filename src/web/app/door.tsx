import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { DoorPage } from '@/pages/door/DoorPage'
import { startLanguage } from '@/shared/i18n'
import '@/shared/base.css'
import { DoorProviders } from './DoorProviders'

const StatusPage = lazy(() => import('@/pages/status/StatusPage'))
const GuestPage = lazy(() => import('@/pages/door/Guest'))
const QuoteLinkPage = lazy(() => import('@/pages/quotelink/QuoteLinkPage'))

/** What needs no log-in has an address of its own; everything else is the door itself. */
function Page() {
  if (location.pathname.startsWith('/status')) return <StatusPage />
  if (location.pathname.startsWith('/sign-in/')) return <GuestPage />
  return location.pathname.startsWith('/q/') ? <QuoteLinkPage /> : <DoorPage />
}

async function start() {
  await startLanguage({ 'zh-CN': () => import('@/locales/door.zh-CN.json'), en: () => import('@/locales/door.en.json') })
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <DoorProviders>
        <Suspense>
          <Page />
        </Suspense>
      </DoorProviders>
    </StrictMode>,
  )
}

void start()
