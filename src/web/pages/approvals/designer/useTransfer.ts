import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { compute } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { LookupRow } from '@/api/types'
import { formatList } from '@/shared/format'
import { saveFile } from '@/shared/saveFile'
import type { Names } from './design'
import { type Drawing, isDrawing } from './drawing'
import { isPacked, mapped, type Packed, packed } from './references'

const offered = (name: string, text: string) => saveFile(name, new Blob([text], { type: 'application/json' }))

async function readFile(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text())
  } catch {
    return null
  }
}

/** A drawing as a file: taken along, and brought in with people, roles and positions found again by their names. */
export function useTransfer(drawing: Drawing, names: Names, change: (drawing: Drawing) => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { resources } = useMeta()

  const save = (name: string) => offered(`${name}.flow.json`, JSON.stringify(packed(drawing, names), null, 2))

  const found = async (given: Packed['names']) => {
    const known = new Map<string, number>()
    const lost: string[] = []
    for (const [resource, ids] of Object.entries(given)) {
      const [keys, texts] = [Object.keys(ids), Object.values(ids)]
      const url = resources[resource]?.url
      const rows = url ? (await compute<{ rows: (LookupRow | null)[] }>(`${url}lookup/`, { texts })).rows : []
      keys.forEach((key, at) => {
        const row = rows[at]
        if (row) known.set(`${resource} ${key}`, Number(row.id))
        else lost.push(texts[at] ?? key)
      })
    }
    return { known, lost }
  }

  const load = async (file: File) => {
    const given = await readFile(file)
    if (!isPacked(given) || !isDrawing(given.drawing)) return void message.error(t('designer.noFlow'))
    const { known, lost } = await found(given.names ?? {})
    change(mapped(given.drawing, (resource, id) => known.get(`${resource} ${id}`)))
    if (lost.length) void message.warning(t('designer.lost', { what: formatList(lost) }), 8)
  }
  return { save, load }
}
