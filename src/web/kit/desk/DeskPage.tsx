import { useQuery } from '@tanstack/react-query'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { get, problemOf } from '@/api/http'
import { useMeta } from '@/api/queries'
import type { Doc, Values } from '@/api/types'
import { Waiting } from '@/shared/Waiting'
import { useDrafts } from '@/workspace/drafts'
import { draftKey } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { SwitchedView } from '../document/SwitchedView'
import './desk.css'

export interface DeskProps<T> {
  desk: T
  doc: Doc
  start: (verb: string) => void
}

function Overview<T>({ View, doc, start }: { View: ComponentType<DeskProps<T>>; doc: Doc; start: (verb: string) => void }) {
  const { key, id } = useTab()
  const url = `${useMeta().resources[key]?.url}${id}/desk/`
  const { data, error } = useQuery({
    queryKey: ['desk', url, doc.version],
    queryFn: () => get<T>(url),
    placeholderData: (before) => before,
  })
  if (error) return <p className="soft">{problemOf(error).detail}</p>
  return data ? <View desk={data} doc={doc} start={start} /> : <Waiting lines={8} />
}

interface Desk<T> {
  view: ComponentType<DeskProps<T>>
  opens?: 'overview' | 'form'
  /** What stands above the form; `computed`: what the server makes of unsaved input. */
  above?: (doc: Doc, computed: Values | null) => ReactNode
  /** What stands beside the switch. */
  extra?: ReactNode
}

/** A document seen as a whole, with its form one click away; where unsaved input waits, the form comes first. */
export function DeskPage<T>({ view, opens = 'overview', above, extra }: Desk<T>) {
  const { t } = useTranslation()
  const here = useTab()
  const draft = useDrafts((state) => !!state.drafts[draftKey(here)])
  return (
    <SwitchedView
      names={{ overview: t('desk.overview'), form: t('desk.form') }}
      first={draft ? 'form' : opens}
      extra={extra}
      above={above}
      overview={(doc, start) => <Overview View={view} doc={doc} start={start} />}
    />
  )
}
