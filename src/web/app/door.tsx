import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { DoorPage } from '@/pages/door/DoorPage'
import { startLanguage } from '@/shared/i18n'
import '@/shared/base.css'
import { DoorProviders } from './DoorProviders'

async function start() {
  await startLanguage({ 'zh-CN': () => import('@/locales/door.zh-CN.json'), en: () => import('@/locales/door.en.json') })
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <DoorProviders>
        <DoorPage />
      </DoorProviders>
    </StrictMode>,
  )
}

void start()
