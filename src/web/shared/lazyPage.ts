import { type ComponentType, lazy } from 'react'
import { rareWords } from './i18n'

/** A screen that is fetched when it is first opened, with the words that only such screens use. */
export const lazyPage = <P>(load: () => Promise<{ default: ComponentType<P> }>) =>
  lazy(async () => {
    const [page] = await Promise.all([load(), rareWords()])
    return page
  })
