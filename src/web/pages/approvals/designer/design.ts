import { createContext, use } from 'react'
import type { FormulaName } from '@/kit/formula/model'
import type { Drawing, Edge, Kind } from './drawing'

export interface Fault {
  node?: string
  edge?: string
  path?: string
  detail: string
}

/** The way a real document would take. */
export interface Trial {
  nodes: string[]
  edges: [string, string][]
  steps: { node: string; name: string; kind: string; who: { id: number; label: string }[]; why: string }[]
  outcome: string
}

/** People, roles, positions and document types by what a drawing calls them. */
export type Names = (resource: string, id: unknown) => string

/** What every card and line of the canvas shares. */
export interface Design {
  drawing: Drawing
  readonly: boolean
  selected: string | null
  /** A node taken up, to be set down on another line. */
  held: string | null
  /** The line under a node being dragged. */
  target: string | null
  faults: Fault[]
  trial: Trial | null
  names: Names
  formulaNames: FormulaName[]
  /** What a step may let be changed. */
  editable: { name: string; label: string; type: string }[]
  /** What a step may hide from those who decide there. */
  hideable: { name: string; label: string; type: string }[]
  fieldLabel: (name: string) => string
  select: (id: string | null) => void
  insert: (edge: Edge, kind: Kind) => void
  setDown: (edge: Edge) => void
  branch: (split: string) => void
  cut: (edge: Edge) => void
}

const Context = createContext<Design | null>(null)
export const DesignProvider = Context.Provider

export function useDesign(): Design {
  const design = use(Context)
  if (!design) throw new Error('This stands outside a flow.')
  return design
}
