import type { ComponentType } from 'react'

const pages: Record<string, ComponentType> = {}
const begins = new Set<string>()

/** The third rung: a page of its own for a document type, with the generated form one click away. */
export const registerPage = (key: string, page: ComponentType, { fresh = false } = {}) => {
  pages[key] = page
  if (fresh) begins.add(key)
}

/** `fresh`: of a document that is not saved yet, for which most pages have nothing to show. */
export const bespokeFor = (key: string, fresh: boolean): ComponentType | undefined => (fresh && !begins.has(key) ? undefined : pages[key])
