import type { ComponentType } from 'react'
import type { Values } from '@/api/types'

export interface HintProps {
  /** The line as it stands: what was typed, else what the server made of it. */
  line: Values
  /** Values of the document's own fields. */
  header: (name: string) => unknown
}

const hints: Record<string, ComponentType<HintProps>> = {}

/** What is known besides about the values of a column: `quoting.quote.lines.unit_price`. Opened at the cell with Alt+Enter. */
export const registerHint = (path: string, hint: ComponentType<HintProps>) => {
  hints[path] = hint
}
export const hintFor = (path: string): ComponentType<HintProps> | undefined => hints[path]
