import { useEffect, useRef } from 'react'

/** Single letters as in a mail program: j and k walk, x ticks, Enter opens. Not while somebody types or a dialog is open. */
export function useKeys(keys: Record<string, () => void>) {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (target.closest('input:not([type="checkbox"]), textarea, select, .ant-modal, .ant-drawer, .ant-select, .ant-dropdown')) return
      if (event.key === 'Enter' && target.closest('a, button')) return
      if (document.querySelector('.ant-modal-mask:not([style*="display: none"])')) return
      const go = latest.current[event.key]
      if (!go) return
      event.preventDefault()
      go()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
