import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@/api/types'
import { pathOf } from '../field/path'
import { bounded, type Widths } from './widths'

export interface EdgeProps {
  widths: Widths
  /** While an edge is dragged. */
  drag: (path: string, width: number) => void
  /** The width a column is to keep; without one the list decides again. */
  keep: (path: string, width: number | undefined) => void
}

const STEP = 16
const widthOf = (edge: HTMLElement) => edge.parentElement?.offsetWidth ?? 0

/** The right edge of a column's head: dragged, or moved by arrow keys; a double click or Delete gives the usual width back. */
export function ColumnEdge({ field, widths, drag, keep }: EdgeProps & { field: Field }) {
  const { t } = useTranslation()
  const path = pathOf(field)
  const from = useRef<{ x: number; width: number } | null>(null)
  const press = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: widthOf(event.currentTarget) }
  }
  const move = (event: PointerEvent) => {
    if (from.current) drag(path, bounded(from.current.width + event.clientX - from.current.x))
  }
  const release = (event: PointerEvent<HTMLElement>) => {
    if (from.current && from.current.x !== event.clientX) keep(path, widthOf(event.currentTarget))
    from.current = null
  }
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step) keep(path, bounded(widthOf(event.currentTarget) + step))
    if (event.key === 'Delete') keep(path, undefined)
  }
  return (
    <hr
      tabIndex={0}
      className="rows__edge"
      aria-orientation="vertical"
      aria-label={t('columns.width', { name: field.label })}
      aria-valuenow={widths[path] ?? 0}
      data-testid={`edge-${field.name}`}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onDoubleClick={() => keep(path, undefined)}
      onKeyDown={keys}
    />
  )
}
