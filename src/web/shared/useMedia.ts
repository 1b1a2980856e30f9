import { createContext, use, useSyncExternalStore } from 'react'

const cache = new Map<string, MediaQueryList>()
const media = (query: string) => {
  const found = cache.get(query) ?? window.matchMedia(query)
  cache.set(query, found)
  return found
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      media(query).addEventListener('change', notify)
      return () => media(query).removeEventListener('change', notify)
    },
    () => media(query).matches,
  )
}

const STILL = '(prefers-reduced-motion: reduce)'
/** Whether whoever looks has asked for no motion; stylesheets heed it by themselves (`tokens.css`). */
export const isStill = () => media(STILL).matches

/** Within it a part of the page is drawn as on a phone: a form that is tried out. */
export const AsPhone = createContext(false)
export function usePhone(): boolean {
  const narrow = useMedia('(max-width: 767px)')
  return use(AsPhone) || narrow
}
export const useWide = () => useMedia('(min-width: 1200px)')
