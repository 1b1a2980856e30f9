import { useState } from 'react'
import { saveSetting, useSetting } from '@/api/queries'
import { useMedia } from '@/shared/useMedia'

export type Pane = 'selection' | 'paper'
type Panes = Partial<Record<Pane, boolean>>

const NAME = 'quote.panes'

/** Which panes stand open beside quotes: kept per person where they stand beside them; over the quote one opens for the moment only. */
export function usePanes(possible: Pane[]) {
  const beside = useMedia('(min-width: 1280px)')
  const roomy = useMedia('(min-width: 1760px)')
  const { data } = useSetting<Panes>(NAME)
  const [over, setOver] = useState<Panes>({})
  const [entered, setEntered] = useState<Pane | null>(null)
  const kept = beside ? (data ?? {}) : over
  const open = (pane: Pane) => possible.includes(pane) && !!kept[pane]
  const put = (pane: Pane, wanted: boolean) => {
    const next = { ...(wanted && !roomy ? {} : kept), [pane]: wanted }
    setEntered(wanted ? pane : null)
    if (beside) void saveSetting(NAME, next)
    else setOver(next)
  }
  return { beside, open, entered, toggle: (pane: Pane) => put(pane, !open(pane)), close: (pane: Pane) => put(pane, false) }
}
