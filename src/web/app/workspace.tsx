import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError } from '@/api/http'
import { metaQuery, queryClient } from '@/api/queries'
import { startCurrency } from '@/shared/format'
import { fromWire, language, setLanguage, startLanguage } from '@/shared/i18n'
import '@/shared/base.css'
import { startDrafts } from '@/workspace/drafts'
import { scopeOf } from '@/workspace/leaving'
import { startRecent } from '@/workspace/recent'
import { startTabs } from '@/workspace/tabs'
import { Broken } from './Broken'
import { Providers } from './Providers'
import { preloadFor, registerAll } from './pages'
import { Root } from './Root'

/** Back to this very screen after logging in; the door says why. */
function toDoor({ detail }: { detail?: string }) {
  const next = encodeURIComponent(location.pathname + location.search)
  location.assign(`/login?next=${next}${detail === 'idle' ? '&ended=idle' : ''}`)
}

async function start() {
  const root = createRoot(document.getElementById('root') as HTMLElement)
  window.addEventListener('logged-out', (event) => toDoor(event as CustomEvent<string>))
  preloadFor(location.pathname)
  await startLanguage(
    { 'zh-CN': () => import('@/locales/zh-CN.json?often'), en: () => import('@/locales/en.json?often') },
    { 'zh-CN': () => import('@/locales/zh-CN.json?rare'), en: () => import('@/locales/en.json?rare') },
  )
  try {
    const { company, member } = await queryClient.fetchQuery(metaQuery)
    if (fromWire(member.language) !== language()) {
      await setLanguage(fromWire(member.language))
      await queryClient.refetchQueries({ queryKey: metaQuery.queryKey })
    }
    startCurrency(company.currency)
    document.title = `${company.name} · 匠程`
    const scope = scopeOf({ company, member })
    registerAll()
    startRecent(scope)
    await Promise.all([startTabs(scope), startDrafts(scope)])
    root.render(
      <StrictMode>
        <Providers>
          <Root />
        </Providers>
      </StrictMode>,
    )
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return
    root.render(
      <Providers>
        <Broken error={error} />
      </Providers>,
    )
  }
}

void start()
