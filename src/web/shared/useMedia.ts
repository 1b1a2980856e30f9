import { useSyncExternalStore } from 'react'

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

export const usePhone = () => useMedia('(max-width: 767px)')
export const useWide = () => useMedia('(min-width: 1200px)')
