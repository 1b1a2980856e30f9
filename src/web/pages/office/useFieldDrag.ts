import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Place, Where } from './model'

/** What is carried: a new field of a kind, or one that stands somewhere already. */
export type Carried = { kind: string } | { from: Place }
type Drop = (carried: Carried, to: Place) => void

const carriedIn = (data: Record<string | symbol, unknown>) => data.carried as Carried | undefined

export function usePaletteDrag(box: RefObject<HTMLElement | null>, kind: string) {
  useEffect(() => {
    const element = box.current
    return element ? draggable({ element, getInitialData: () => ({ carried: { kind } }) }) : undefined
  }, [box, kind])
}

/** A field that can be carried away and before or after which another can be put down. */
export function useFieldDrag(box: RefObject<HTMLElement | null>, where: Where, at: number, drop: Drop): 'before' | 'after' | null {
  const [edge, setEdge] = useState<'before' | 'after' | null>(null)
  const latest = useRef(drop)
  latest.current = drop
  useEffect(() => {
    const element = box.current
    if (!element) return
    const isAfter = (x: number) => {
      const { left, width } = element.getBoundingClientRect()
      return x > left + width / 2
    }
    return combine(
      draggable({ element, getInitialData: () => ({ carried: { from: { where, at } } }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => !!carriedIn(source.data),
        onDrag: ({ location }) => setEdge(isAfter(location.current.input.clientX) ? 'after' : 'before'),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null)
          const carried = carriedIn(source.data)
          if (carried) latest.current(carried, { where, at: at + (isAfter(location.current.input.clientX) ? 1 : 0) })
        },
      }),
    )
  }, [box, where, at])
  return edge
}

/** The empty rest of a section: what is put down there stands last. */
export function useSectionDrop(box: RefObject<HTMLElement | null>, where: Where, count: number, drop: Drop): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef({ drop, count })
  latest.current = { drop, count }
  useEffect(() => {
    const element = box.current
    if (!element) return
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => !!carriedIn(source.data),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source, location }) => {
        setOver(false)
        const carried = carriedIn(source.data)
        // a field within has taken it already
        if (carried && location.current.dropTargets[0]?.element === element)
          latest.current.drop(carried, { where, at: latest.current.count })
      },
    })
  }, [box, where])
  return over
}
