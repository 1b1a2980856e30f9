import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { DoorPage } from '@/pages/door/DoorPage'
import { startLanguage } from '@/shared/i18n'
import '@/shared/base.css'
import { DoorProviders } from './DoorProviders'

const StatusPage = lazy(() => import('@/pages/status/StatusPage'))

async function start() {
  await startLanguage({ 'zh-CN': () => import('@/locales/door.zh-CN.json'), en: () => import('@/locales/door.en.json') })
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <DoorProviders>
        {location.pathname.startsWith('/status') ? (
          <Suspense>
            <StatusPage />
          </Suspense>
        ) : (
          <DoorPage />
        )}
      </DoorProviders>
    </StrictMode>,
  )
}

void start()
