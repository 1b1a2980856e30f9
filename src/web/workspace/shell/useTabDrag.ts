import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type RefObject, useEffect, useState } from 'react'
import { HOME } from '../route'
import { type Tab, useTabs } from '../tabs'

type Edge = 'before' | 'after'

/** Tabs change places by dragging; the tab's menu does the same without a mouse. */
export function useTabDrag(box: RefObject<HTMLDivElement | null>, tab: Tab): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element || tab.key === HOME) return
    const side = (x: number): Edge => {
      const { left, width } = element.getBoundingClientRect()
      return x < left + width / 2 ? 'before' : 'after'
    }
    return combine(
      draggable({ element, getInitialData: () => ({ tab: tab.key }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data.tab === 'string' && source.data.tab !== tab.key,
        onDrag: ({ location }) => setEdge(side(location.current.input.clientX)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null)
          const { tabs, move } = useTabs.getState()
          const rest = tabs.filter(({ key }) => key !== source.data.tab)
          const at = rest.findIndex(({ key }) => key === tab.key)
          move(String(source.data.tab), side(location.current.input.clientX) === 'before' ? at : at + 1)
        },
      }),
    )
  }, [box, tab.key])
  return edge
}
