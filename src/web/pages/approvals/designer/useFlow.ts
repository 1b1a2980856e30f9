import { useQuery } from '@tanstack/react-query'
import { compute, get } from '@/api/http'
import { queryString } from '@/api/queries'
import type { Id, Rows } from '@/api/types'
import type { FormulaName } from '@/kit/formula/model'
import { useDebounced } from '@/shared/useDebounced'
import type { Design, Fault } from './design'
import type { Drawing } from './drawing'

const URL = '/api/v1/approvals/'
export const KINDS_URL = `${URL}kinds/`
const SETTLED = 400
const LONG = 300_000

export interface FlowVerb {
  verb: string
  label: string
  /** Something that usually is decided by others. */
  usual: boolean
  flow: { id: Id; label: string } | null
}

export interface FlowKind {
  resource: string
  label: string
  verbs: FlowVerb[]
}

export interface Template {
  key: string
  label: string
  text: string
  drawing: Drawing
  /** The only document type it is for; empty: any. */
  resource: string
}

/** What may be put under approval. */
export const useKinds = (enabled = true) =>
  useQuery({ queryKey: ['approval kinds'], queryFn: () => get<Rows<FlowKind>>(KINDS_URL), staleTime: LONG, enabled })

interface Vocabulary {
  names: FormulaName[]
  /** What a step may let be changed. */
  editable: Design['editable']
  /** What a step may hide. */
  hideable: Design['hideable']
}
const NOTHING: Vocabulary = { names: [], editable: [], hideable: [] }

/** What conditions on a kind of document may say, and which of its fields a flow may change. */
export function useVocabulary(resource: string, verb: string): Vocabulary {
  const { data } = useQuery({
    queryKey: ['vocabulary', resource, verb],
    queryFn: () => get<Vocabulary>(`${URL}names/?${queryString({ resource, verb })}`),
    enabled: !!resource,
    staleTime: LONG,
  })
  return data ?? NOTHING
}

export const useTemplates = (open: boolean) =>
  useQuery({ queryKey: ['flow templates'], queryFn: () => get<Rows<Template>>(`${URL}templates/`), enabled: open, staleTime: LONG })

interface Checked {
  resource: string
  verb: string
  condition: string
  drawing: Drawing
}

type Told = Omit<Fault, 'edge'> & { edge?: [string, string] }
const placed = ({ edge, ...fault }: Told): Fault => (edge ? { ...fault, edge: edge.join('>') } : fault)

const NO_FAULTS: Fault[] = []

/** What is wrong with a flow, asked of the server a moment after the last change. */
export function useFaults(flow: Checked): Fault[] {
  const settled = useDebounced(JSON.stringify(flow), SETTLED)
  const { data } = useQuery({
    queryKey: ['flow check', settled],
    queryFn: async () => (await compute<{ errors: Told[] }>(`${URL}flows/check/`, JSON.parse(settled))).errors.map(placed),
    enabled: !!flow.resource,
    placeholderData: (before) => before,
  })
  return data ?? NO_FAULTS
}
