import { type RefObject, useEffect, useState } from 'react'
import { HOME } from '../route'
import type { Tab } from '../tabs'
import type { Edge } from './tabDrag'

const PATIENCE = 2000

/** Tabs change places by dragging, once the page has come to rest; the tab's menu does the same without a mouse. */
export function useTabDrag(box: RefObject<HTMLDivElement | null>, tab: Tab): Edge | null {
  const [edge, setEdge] = useState<Edge | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element || tab.key === HOME) return
    let detach = () => undefined as unknown
    const timer = setTimeout(() => {
      void import('./tabDrag').then(({ attach }) => {
        if (element.isConnected) detach = attach(element, tab.key, setEdge)
      })
    }, PATIENCE)
    return () => {
      clearTimeout(timer)
      detach()
    }
  }, [box, tab.key])
  return edge
}
