import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { useDrafts } from '../drafts'
import { isTyped } from '../drafts.model'
import { draftKey, HOME, isNew, parseUrl } from '../route'
import type { Tab } from '../tabs'

/** What a tab is called, in the language of the moment. */
export function useTitles() {
  const { t } = useTranslation()
  const { resources } = useMeta()
  return (tab: Tab): string => {
    const { page, key, id } = parseUrl(tab.key)
    const resource = resources[key]
    if (tab.key === HOME) return t('shell.home')
    if (page === 'list') return resource?.plural ?? key
    if (page === 'page') return t(`page.${key}`)
    if (page !== 'doc') return t('tabs.unknown')
    if (isNew(id)) return t('document.newOf', { name: resource?.label ?? key })
    return tab.title ?? `${resource?.label ?? key} ${id}`
  }
}

/** The draft behind a tab, when something unsaved stands in it. */
export function useUnsaved() {
  const drafts = useDrafts((state) => state.drafts)
  return (tab: Tab): string | null => {
    const route = parseUrl(tab.key)
    const key = draftKey(route)
    const draft = route.page === 'doc' ? drafts[key] : undefined
    return draft && isTyped(draft) ? key : null
  }
}
