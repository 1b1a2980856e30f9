import type { CSSProperties } from 'react'

/** Measured values (a row's offset, a bar's share) reach the stylesheet as custom properties; looks stay in CSS. */
export function vars(values: Record<string, string | number>): CSSProperties {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`--${name}`, String(value)])) as CSSProperties
}
