import type { ReactNode } from 'react'

/** A short coloured word: a state, a kind. */
export const Tag = ({ color = 'default', children }: { color?: string; children: ReactNode }) => (
  <span className={`tag tag--${color}`}>{children}</span>
)
