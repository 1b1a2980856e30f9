import type { Colour, Id, Meta } from '@/api/types'
import { fits } from '@/shared/pinyin'
import { type Drafts, isTyped } from '../drafts.model'
import { docUrl, draftUrl, listUrl, newUrl } from '../route'

/** A document that the server found. */
export interface SearchRow {
  _key: string
  id: Id
  label: string
  sub: string
  state: { label: string; color: Colour } | null
}

export interface Entry {
  url: string
  label: string
  sub: string
  icon: string
  state?: SearchRow['state']
}

export interface EntryGroup {
  name: 'drafts' | 'recent' | 'lists' | 'create' | 'found'
  entries: Entry[]
}

/** Everything the palette offers for what has been typed so far; nothing typed shows what was under way. */
export function offer(query: string, meta: Meta, recent: Entry[], drafts: Drafts, found: SearchRow[]): EntryGroup[] {
  const typed = query.trim()
  const items = meta.menu.flatMap((group) => group.items.map((item) => ({ ...item, group: group.label })))
  const icon = (key: string) => meta.resources[key]?.icon ?? 'file'
  const groups: EntryGroup[] = [
    {
      name: 'drafts',
      entries: Object.entries(drafts)
        .filter(([, draft]) => isTyped(draft))
        .map(([key, draft]) => ({
          url: draftUrl(key),
          label: draft.title,
          sub: meta.resources[key.split(':')[0] ?? '']?.label ?? '',
          icon: 'file',
        }))
        .filter((entry) => fits(entry.label + entry.sub, typed)),
    },
    { name: 'recent', entries: typed ? [] : recent },
    {
      name: 'found',
      entries: typed
        ? found.map((row) => ({
            url: docUrl(row._key, row.id),
            label: row.label,
            sub: [meta.resources[row._key]?.label, row.sub].filter(Boolean).join(' · '),
            icon: icon(row._key),
            state: row.state,
          }))
        : [],
    },
    {
      name: 'lists',
      entries: typed
        ? items
            .filter((item) => fits(`${item.label} ${item.key}`, typed))
            .map((item) => ({ url: listUrl(item.key), label: item.label, sub: item.group, icon: icon(item.key) }))
        : [],
    },
    {
      name: 'create',
      entries: items
        .filter((item) => meta.resources[item.key]?.can.create && fits(`${item.label} ${item.key} new 新建`, typed))
        .slice(0, typed ? 6 : 4)
        .map((item) => ({ url: newUrl(item.key), label: meta.resources[item.key]?.label ?? item.label, sub: '', icon: icon(item.key) })),
    },
  ]
  return groups.filter((group) => group.entries.length > 0)
}

export function remembered(recent: Entry[], entry: Entry, most = 8): Entry[] {
  return [entry, ...recent.filter((one) => one.url !== entry.url)].slice(0, most)
}
