import { ApiError } from '@/api/http'
import { language } from '@/shared/i18n'
import { useDrafts } from './drafts'
import { draftKey, newUrl, parseUrl } from './route'
import { openTab, useTabs } from './tabs'

export const FEEDBACK = 'console.feedback'

/** Which build of the client is running: its entry script carries the build in its name. */
const build = () => /([^/]+)\.js$/.exec(document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '')?.[1] ?? ''

/** What the screen looks like for the program, and nothing about the person or what they typed. */
export function snapshot() {
  const { tabs, active } = useTabs.getState()
  const { page, key, id } = parseUrl(active)
  return {
    address: location.origin + location.pathname,
    page,
    document: [key, id].filter(Boolean).join(':'),
    tabs: tabs.length,
    problem: ApiError.last,
    client: build(),
    browser: navigator.userAgent,
    window: `${innerWidth} × ${innerHeight} @ ${devicePixelRatio}`,
    language: language(),
  }
}

/** A form for a problem, a wish or a question about the screen one is looking at. */
export function openFeedback(title: string) {
  const url = newUrl(FEEDBACK)
  const edits = { screen: location.pathname, snapshot: snapshot() }
  useDrafts.getState().put(draftKey(parseUrl(url)), { edits, base: edits, version: null, title })
  openTab(url)
}
