import { Activity, type ComponentType, createContext, memo, Suspense, use, useEffect, useMemo, useState } from 'react'
import { Waiting } from '@/shared/Waiting'
import { parseUrl, type Route } from './route'
import { type Tab, useTabs } from './tabs'

/** Beyond this many the least recently seen pane sleeps; its address and draft bring it back. */
const LIVE = 12

export type Pages = Record<string, ComponentType>

interface Here extends Route {
  tab: string
}
const TabContext = createContext<Here | null>(null)

/** The tab a screen stands in. */
export function useTab(): Here {
  const here = use(TabContext)
  if (!here) throw new Error('This screen stands outside a tab.')
  return here
}

export function useTabTitle(title: string | undefined) {
  const { tab } = useTab()
  useEffect(() => {
    if (title) useTabs.getState().setTitle(tab, title)
  }, [tab, title])
}

const Pane = memo(function Pane({ tab, url, pages }: { tab: string; url: string; pages: Pages }) {
  const here = useMemo(() => ({ ...parseUrl(url), tab }), [url, tab])
  const Page = pages[here.page] ?? pages.missing
  return (
    <TabContext value={here}>
      <Suspense fallback={<Waiting />}>{Page && <Page />}</Suspense>
    </TabContext>
  )
})

export function TabHost({ pages }: { pages: Pages }) {
  const tabs = useTabs((state) => state.tabs)
  const active = useTabs((state) => state.active)
  const [recent, setRecent] = useState([active])
  if (recent[0] !== active) setRecent([active, ...recent.filter((key) => key !== active)].slice(0, LIVE))
  const live = (tab: Tab) => tab.key === active || recent.includes(tab.key)
  return tabs.filter(live).map((tab) => (
    <Activity key={tab.key} mode={tab.key === active ? 'visible' : 'hidden'}>
      <section className="pane" role="tabpanel" data-tab={tab.key} aria-label={tab.title}>
        <Pane tab={tab.key} url={tab.url} pages={pages} />
      </section>
    </Activity>
  ))
}
