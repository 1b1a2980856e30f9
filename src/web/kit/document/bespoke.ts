import type { ComponentType } from 'react'
import type { Description, Doc } from '@/api/types'

const pages: Record<string, ComponentType> = {}
const begins = new Set<string>()

/** The third rung: a page of its own for a document type, with the generated form one click away. */
export const registerPage = (key: string, page: ComponentType, { fresh = false } = {}) => {
  pages[key] = page
  if (fresh) begins.add(key)
}

/** `fresh`: of a document that is not saved yet, for which most pages have nothing to show. */
export const bespokeFor = (key: string, fresh: boolean): ComponentType | undefined => (fresh && !begins.has(key) ? undefined : pages[key])

export interface PrintingProps {
  description: Description
  doc: Doc
  onClose: () => void
}

/** Where any paper of a document is chosen: one dialog for all, fetched when it is first opened. */
export const printing: { Dialog?: ComponentType<PrintingProps> } = {}
