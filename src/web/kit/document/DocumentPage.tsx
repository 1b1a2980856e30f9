import { Button } from 'antd'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { useDescription, useDocument, useMeta } from '@/api/queries'
import type { Doc, Values } from '@/api/types'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { useRecent } from '@/workspace/recent'
import { docUrl, isNew, listUrl } from '@/workspace/route'
import { useTab, useTabTitle } from '@/workspace/TabHost'
import { openTab } from '@/workspace/tabs'
import { bespokeFor } from './bespoke'
import { DocumentForm } from './DocumentForm'
import './document.css'

interface View {
  overview?: (doc: Doc, start: (verb: string) => void) => ReactNode
  /** Of a document that is not saved yet, what the server makes of it stands for the document. */
  above?: (doc: Doc, computed: Values | null) => ReactNode
  extra?: ReactNode
  /** Verbs that the page offers in its own place, not in the head. */
  apart?: readonly string[]
}

function NoDocument({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const { key } = useTab()
  const resource = useMeta().resources[key]
  const problem = error ? problemOf(error) : null
  const back = resource && (
    <Button type="primary" onClick={() => openTab(listUrl(key))}>
      {t('document.toList', { name: resource.plural })}
    </Button>
  )
  return (
    <Trouble missing title={problem?.detail ?? t('trouble.not_found')}>
      {back}
    </Trouble>
  )
}

/** The generated screen of one document, or a bespoke view of it in the same frame. */
export function DocumentView({ overview, above, extra, apart }: View) {
  const { key, id } = useTab()
  const { resources } = useMeta()
  const description = useDescription(key)
  const doc = useDocument(description.data, isNew(id) ? null : id)
  const error = description.error ?? doc.error
  const [label, subtitle] = [doc.data?._label, resources[key]?.label]
  const told = useMemo(
    () =>
      description.data && {
        ...description.data,
        actions: Object.fromEntries(Object.entries(description.data.actions).filter(([verb]) => !apart?.includes(verb))),
      },
    [description.data, apart],
  )
  useTabTitle(label)
  useEffect(() => {
    if (label) useRecent.getState().add({ url: docUrl(key, id), label, sub: subtitle ?? '', icon: resources[key]?.icon ?? 'file' })
  }, [key, id, label, subtitle, resources])
  if (error || !resources[key]) return <NoDocument error={error} />
  if (!told || (!isNew(id) && !doc.data)) return <Waiting />
  const current = doc.data ?? null
  const view = overview && current ? (start: (verb: string) => void) => overview(current, start) : undefined
  const over = above && ((computed: Values | null) => (current || computed ? above(current ?? (computed as Doc), computed) : null))
  return <DocumentForm description={told} doc={current} overview={view} above={over} extra={extra} />
}

export default function DocumentPage() {
  const { key, id } = useTab()
  const Bespoke = bespokeFor(key, isNew(id))
  return Bespoke ? <Bespoke /> : <DocumentView />
}
