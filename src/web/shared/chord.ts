import { useEffect, useRef } from 'react'

interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** `Ctrl+Enter`, `Alt+ArrowUp`, `F8`; letters in lower case. */
export function chord(event: Pressed): string {
  const ctrl = event.ctrlKey || event.metaKey
  return [ctrl && 'Ctrl', event.altKey && 'Alt', event.key.length === 1 ? event.key.toLowerCase() : event.key].filter(Boolean).join('+')
}

const covered = () => !!document.querySelector('.ant-modal-mask:not([style*="display: none"])')

/** Chords that hold wherever somebody types on this screen; not while a dialog asks something. */
export function useChords(chords: Record<string, () => void>) {
  const latest = useRef(chords)
  latest.current = chords
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const go = event.isComposing || event.defaultPrevented ? undefined : latest.current[chord(event)]
      if (!go || covered()) return
      event.preventDefault()
      go()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
