import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useTabs } from '../tabs'

export type Edge = 'before' | 'after'

/** Makes a tab movable; returns how to undo that. */
export function attach(element: HTMLElement, key: string, show: (edge: Edge | null) => void): () => void {
  const side = (x: number): Edge => {
    const { left, width } = element.getBoundingClientRect()
    return x < left + width / 2 ? 'before' : 'after'
  }
  return combine(
    draggable({ element, getInitialData: () => ({ tab: key }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => typeof source.data.tab === 'string' && source.data.tab !== key,
      onDrag: ({ location }) => show(side(location.current.input.clientX)),
      onDragLeave: () => show(null),
      onDrop: ({ source, location }) => {
        show(null)
        const { tabs, move } = useTabs.getState()
        const rest = tabs.filter((tab) => tab.key !== source.data.tab)
        const at = rest.findIndex((tab) => tab.key === key)
        move(String(source.data.tab), side(location.current.input.clientX) === 'before' ? at : at + 1)
      },
    }),
  )
}
