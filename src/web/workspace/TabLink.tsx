import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { openTab } from './tabs'

/** A real link that opens a workspace tab; with Ctrl or the middle button the browser's own tab. */
export function TabLink({ to, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }) {
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    openTab(to)
  }
  return <a {...rest} href={to} onClick={go} />
}
