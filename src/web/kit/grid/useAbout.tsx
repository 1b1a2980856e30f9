import { type ReactNode, type RefObject, useCallback, useState } from 'react'
import type { Field, Values } from '@/api/types'
import { CellHint } from './CellHint'
import { hintFor } from './hints'
import type { Grid } from './useGrid'

/** What is known besides about the value under the cursor, where something was registered for its column. */
export function useAbout(
  path: string,
  columns: Field[],
  grid: Grid,
  header: (name: string) => unknown,
  box: RefObject<HTMLDivElement | null>,
) {
  const { r, c } = grid.selection.active
  const here = `${r} ${c}`
  const [at, setAt] = useState('')
  const Hint = hintFor(`${path}.${columns[c]?.name}`)
  const open = useCallback(
    (wanted: boolean) => {
      setAt(wanted ? here : '')
      if (!wanted) box.current?.focus({ preventScroll: true })
    },
    [here, box],
  )
  const show = (line: () => Values): ReactNode =>
    Hint && (
      <CellHint open={at === here} onOpen={open}>
        {at === here && <Hint line={line()} header={header} />}
      </CellHint>
    )
  return { show, toggle: Hint && (() => open(at !== here)) }
}

export type About = ReturnType<typeof useAbout>
