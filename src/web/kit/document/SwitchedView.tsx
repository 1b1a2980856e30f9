import { Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Doc, Values } from '@/api/types'
import { DocumentView } from './DocumentPage'
import './switched.css'

type Which = 'overview' | 'form'

interface Props {
  /** What the two views are called, in the order in which they are offered. */
  names: Record<Which, string>
  first: Which
  overview: (doc: Doc, start: (verb: string) => void) => ReactNode
  /** What stands above the form; `computed`: what the server makes of unsaved input. */
  above?: (doc: Doc, computed: Values | null) => ReactNode
  /** What stands beside the switch. */
  extra?: ReactNode
}

/** A document with another view beside its form, one click away. */
export function SwitchedView({ names, first, overview, above, extra }: Props) {
  const [which, setWhich] = useState(first)
  const options = (Object.keys(names) as Which[]).map((value) => ({ value, label: names[value] }))
  return (
    <DocumentView
      extra={
        <>
          {extra}
          <Segmented value={which} onChange={setWhich} data-testid="desk-switch" options={options} />
        </>
      }
      overview={which === 'overview' ? overview : undefined}
      above={(doc, computed) => {
        const shown = which === 'form' && above?.(doc, computed)
        return shown && <div className="above">{shown}</div>
      }}
    />
  )
}
