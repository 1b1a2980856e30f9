import type { Help, Id, Values } from '@/api/types'
import { useDrafts } from '@/workspace/drafts'
import { docUrl, draftKey, newUrl, parseUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'
import { newLine } from './model'

const isLines = (value: unknown): value is Values[] => Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)

/** A new document that opens with something already filled in. */
export function openNew(key: string, values: Values, title: string) {
  const url = newUrl(key)
  const edits = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isLines(value) ? value.map((line) => newLine(line)) : value]),
  )
  if (Object.keys(edits).length) useDrafts.getState().put(draftKey(parseUrl(url)), { edits, base: {}, version: null, title })
  openTab(url)
}

/** What a refusal suggests: `finance.receipt.create` opens a filled-in receipt, anything else the document whose `id` stands among the values. */
export function follow(help: Help) {
  const parts = help.action.split('.')
  const key = parts.slice(0, 2).join('.')
  const id = help.values?.id as Id | undefined
  if (parts[2] === 'create' || id === undefined) openNew(key, help.values ?? {}, help.label)
  else openTab(docUrl(key, id))
}
