import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react'
import type { Trouble } from './useCommands'

const generic = (path: string) =>
  path.replace(/^([^.]+)\.[^.]+\.(.+)$/, (whole, name, field) => (name === 'custom' ? whole : `${name}.*.${field}`))

/** Errors at their places until the place is touched; those without a place in this form are told above it. */
export function useErrors(trouble: Trouble | null, known: string[], box: RefObject<HTMLElement | null>) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    setTouched(new Set())
    const first = Object.keys(trouble?.at ?? {})[0]
    if (!first) return
    const field = box.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(first)}"]`)
    const line = box.current?.querySelector<HTMLElement>(`[data-lines="${CSS.escape(first.split('.')[0] ?? '')}"]`)
    const target =
      field?.querySelector<HTMLElement>('input, textarea, [role="combobox"], button') ?? line?.querySelector<HTMLElement>('.grid__catcher')
    target?.focus()
    ;(field ?? line)?.scrollIntoView({ block: 'nearest' })
  }, [trouble, box])
  const errors = useMemo(
    () => Object.fromEntries(Object.entries(trouble?.at ?? {}).filter(([path]) => !touched.has(path))),
    [trouble, touched],
  )
  const loose = Object.entries(errors)
    .filter(([path]) => !known.includes(generic(path)))
    .map(([, sentence]) => sentence)
  const clear = useCallback((path: string) => setTouched((before) => (before.has(path) ? before : new Set([...before, path]))), [])
  return { errors, loose, clear }
}
