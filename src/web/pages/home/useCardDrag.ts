import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { CardProps } from './Card'
import { droppedOn } from './layout'

export function useCardDrag(box: RefObject<HTMLElement | null>, props: CardProps): 'before' | 'after' | null {
  const [edge, setEdge] = useState<'before' | 'after' | null>(null)
  const latest = useRef(props)
  latest.current = props
  const { editing } = props
  const { name } = props.card
  useEffect(() => {
    const element = box.current
    if (!element || !editing) return
    const isAfter = (x: number) => {
      const { left, width } = element.getBoundingClientRect()
      return x > left + width / 2
    }
    return combine(
      draggable({ element, getInitialData: () => ({ card: name }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.card === 'string' && source.data.card !== name,
        onDrag: ({ location }) => setEdge(isAfter(location.current.input.clientX) ? 'after' : 'before'),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null)
          const { layout, set } = latest.current
          set(droppedOn(layout, String(source.data.card), name, isAfter(location.current.input.clientX)))
        },
      }),
    )
  }, [box, editing, name])
  return edge
}
