import type { ComponentType } from 'react'

const pages: Record<string, ComponentType> = {}

/** The third rung: a page of its own for a document type, with the generated form one click away. */
export const registerPage = (key: string, page: ComponentType) => {
  pages[key] = page
}
export const bespokeFor = (key: string): ComponentType | undefined => pages[key]
