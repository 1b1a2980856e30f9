import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { HOME, tabKey } from './route'

export interface Tab {
  key: string
  url: string
  title?: string
}

interface Tabs {
  tabs: Tab[]
  active: string
  open: (url: string) => void
  /** The address of a tab changes in place: other filters, or a new document that has been given its number. */
  replace: (key: string, url: string) => void
  setTitle: (key: string, title: string) => void
  close: (keys: string[]) => void
  move: (key: string, to: number) => void
}

const home: Tab = { key: HOME, url: HOME }

/** After closing, the neighbour to the left takes over. */
export function survivor(tabs: Tab[], active: string, closing: string[]): string {
  if (!closing.includes(active)) return active
  const at = tabs.findIndex((tab) => tab.key === active)
  const order = [...tabs.slice(0, at).reverse(), ...tabs.slice(at + 1)]
  return order.find((tab) => !closing.includes(tab.key))?.key ?? HOME
}

export function moved(tabs: Tab[], key: string, to: number): Tab[] {
  const tab = tabs.find((one) => one.key === key)
  if (!tab || key === HOME) return tabs
  const rest = tabs.filter((one) => one.key !== key)
  rest.splice(Math.max(1, Math.min(to, rest.length)), 0, tab)
  return rest
}

const show = (url: string) => {
  if (location.pathname + location.search !== url) history.pushState(null, '', url)
}

/** Open tabs are the router: sessionStorage keeps them over a reload, and two browser windows do not fight over them. */
export const useTabs = create<Tabs>()(
  persist(
    (set, get) => ({
      tabs: [home],
      active: HOME,
      open: (url) => {
        const key = tabKey(url)
        const found = get().tabs.find((tab) => tab.key === key)
        const target = found && !url.includes('?') ? found.url : url
        show(target)
        set(({ tabs }) => ({
          active: key,
          tabs: found
            ? found.url === target
              ? tabs
              : tabs.map((tab) => (tab === found ? { ...tab, url } : tab))
            : [...tabs, { key, url }],
        }))
      },
      replace: (key, url) => {
        const next = tabKey(url)
        const { tabs, active } = get()
        if (key === active) history.replaceState(null, '', url)
        set({
          active: key === active ? next : active,
          tabs: tabs
            .filter((tab) => tab.key === key || tab.key !== next)
            .map((tab) => (tab.key === key ? { ...tab, key: next, url } : tab)),
        })
      },
      setTitle: (key, title) =>
        set(({ tabs }) =>
          tabs.some((tab) => tab.key === key && tab.title !== title)
            ? { tabs: tabs.map((tab) => (tab.key === key ? { ...tab, title } : tab)) }
            : { tabs },
        ),
      close: (keys) => {
        const { tabs, active } = get()
        const closing = keys.filter((key) => key !== HOME)
        const next = survivor(tabs, active, closing)
        show(tabs.find((tab) => tab.key === next)?.url ?? HOME)
        set({ active: next, tabs: tabs.filter((tab) => !closing.includes(tab.key)) })
      },
      move: (key, to) => set(({ tabs }) => ({ tabs: moved(tabs, key, to) })),
    }),
    {
      name: 'tabs',
      version: 1,
      skipHydration: true,
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ tabs }) => ({ tabs }),
    },
  ),
)

export const openTab = (url: string) => useTabs.getState().open(url)

/** Called once the member is known: tabs of another member in the same window stay unseen. */
export async function startTabs(scope: string) {
  useTabs.persist.setOptions({ name: `tabs:${scope}` })
  await useTabs.persist.rehydrate()
  const here = location.pathname.startsWith('/w/') ? location.pathname + location.search : HOME
  if (!useTabs.getState().tabs.some((tab) => tab.key === HOME)) useTabs.setState(({ tabs }) => ({ tabs: [home, ...tabs] }))
  openTab(here)
  window.addEventListener('popstate', () => openTab(location.pathname + location.search))
}
