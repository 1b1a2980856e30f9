import type { Help, Id, Values } from '@/api/types'
import { useDrafts } from '@/workspace/drafts'
import { docUrl, draftKey, listUrl, newUrl, parseUrl } from '@/workspace/route'
import { openTab, useTabs } from '@/workspace/tabs'
import { newLine } from './model'
import { usePending } from './pending'

const isLines = (value: unknown): value is Values[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)

/** A new document that opens with something already filled in. */
export function openNew(key: string, values: Values, title: string) {
  const url = newUrl(key)
  const edits = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isLines(value) ? value.map((line) => newLine(line)) : value]),
  )
  if (Object.keys(edits).length) useDrafts.getState().put(draftKey(parseUrl(url)), { edits, base: edits, version: null, title })
  openTab(url)
}

export interface Suggestion {
  key: string
  verb: string
  id: Id | undefined
  values: Values
}

/** `contracts.contract.receive` with values, among them the document it is about. */
export function readHelp({ action, values = {} }: Help): Suggestion {
  const [app = '', name = '', verb = 'open'] = action.split('.')
  const key = `${app}.${name}`
  if (verb === 'create') return { key, verb, id: undefined, values }
  const { id, ...rest } = values
  return { key, verb, id: id as Id | undefined, values: rest }
}

/** What a refusal suggests: a filled-in new document, a document to look at, or a verb of one, after which work goes on here. */
export function follow(help: Help, settled?: () => void) {
  const { key, verb, id, values } = readHelp(help)
  if (verb === 'create') return openNew(key, values, help.label)
  if (id === undefined) return openTab(listUrl(key))
  if (verb !== 'open') {
    const here = useTabs.getState().active
    const done = () => {
      settled?.()
      openTab(here)
    }
    usePending.setState({ [`${key} ${id}`]: { verb, values, done } })
  }
  openTab(docUrl(key, id))
}
