import { App } from 'antd'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldAnswer } from '@/api/held'
import { del, patch, post, problemOf } from '@/api/http'
import { documentKey, queryClient, refreshAll } from '@/api/queries'
import type { ActionAnswer, ActionMeta, Description, Doc, Id, Problem, Values } from '@/api/types'
import { useDrafts } from '@/workspace/drafts'
import { docUrl, draftUrl, isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { openTab, useTabs } from '@/workspace/tabs'
import { outgoing, placed, unread } from './model'
import { useCreated } from './useCreated'
import type { Editor } from './useEditor'

/** Seconds to read who has it. */
const LONG = 6

export interface Trouble {
  problem: Problem
  /** Sentences by place. */
  at: Record<string, string>
}

function remember(description: Description, doc: Doc) {
  queryClient.setQueryData(documentKey(description.key, doc.id), doc)
}

/** A document made for a field of another one goes into that field. */
function handBack(query: string, doc: Doc): boolean {
  const params = new URLSearchParams(query)
  const [origin, field] = [params.get('for'), params.get('field')]
  if (!origin || !field) return false
  const { drafts, put } = useDrafts.getState()
  const draft = drafts[origin] ?? { edits: {}, base: {}, version: null, title: '' }
  put(origin, { ...draft, edits: { ...draft.edits, [field]: { id: doc.id, label: doc._label } } })
  openTab(draftUrl(origin))
  return true
}

const isHeld = (answer: Doc | HeldAnswer): answer is HeldAnswer => 'held' in answer && 'document' in answer

/** Save, act, delete: one at a time, each telling where it failed. */
export function useCommands(editor: Editor, id: string) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const here = useTab()
  const announce = useCreated()
  const [busy, setBusy] = useState<string | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const { description, doc, edits, draft, discard } = editor

  const store = useCallback(
    async (then: string): Promise<Doc | HeldAnswer> => {
      const { body, sent } = outgoing(description, edits)
      try {
        if (!isNew(id)) return await patch<Doc>(`${description.url}${id}/`, { ...body, version: draft?.version ?? doc?.version })
        if (!then) return await post<Doc>(description.url, body)
        const answer = await post<ActionAnswer>(`${description.url}?then=${then}`, body)
        if (answer.held) return { document: answer.document, held: answer.held }
        announce(answer, description.actions[then]?.opens)
        return answer.document
      } catch (error) {
        const problem = problemOf(error)
        setTrouble({ problem, at: placed(problem.errors ?? [], sent) })
        throw error
      }
    },
    [description, doc, edits, draft, id, announce],
  )

  const settle = useCallback(
    async (saved: Doc) => {
      discard()
      setTrouble(null)
      remember(description, saved)
      if (isNew(id)) {
        const back = handBack(here.query, saved)
        if (back) useTabs.getState().close([here.tab])
        else useTabs.getState().replace(here.tab, docUrl(description.key, saved.id))
      }
      void refreshAll()
    },
    [description, discard, here, id],
  )

  /** What others have to decide first is out of the form; whoever wanted it is told who has it. */
  const wait = useCallback(
    async ({ document, held }: HeldAnswer) => {
      discard()
      setTrouble(null)
      if (document) remember(description, document)
      if (document && isNew(id)) useTabs.getState().replace(here.tab, docUrl(description.key, document.id))
      else if (!document) useTabs.getState().replace(here.tab, docUrl('approvals.approval', held.approval))
      void message.info(held.text, LONG)
      void refreshAll()
    },
    [description, discard, here, id, message],
  )

  const alone = useCallback(
    async (name: string, job: () => Promise<void>) => {
      if (busy) return
      setBusy(name)
      try {
        await job()
      } catch (error) {
        const problem = problemOf(error)
        setTrouble((known) => (known?.problem === problem ? known : { problem, at: placed(problem.errors ?? [], {}) }))
      } finally {
        setBusy(null)
      }
    },
    [busy],
  )

  const save = (then = '') =>
    alone('save', async () => {
      const garbled = unread(description, edits)
      if (garbled.length) {
        const sentence = t('field.unread')
        const problem: Problem = { title: '', status: 422, code: 'unread', detail: t('document.unread', { count: garbled.length }) }
        setTrouble({ problem, at: Object.fromEntries(garbled.map((path) => [path, sentence])) })
        return
      }
      const stored = await store(then)
      if (isHeld(stored)) return await wait(stored)
      await settle(stored)
      void message.success(t('document.saved'))
    })

  /** Unsaved input is saved first; the dialog keeps its own refusals. */
  const act = async (action: ActionMeta, params: Values): Promise<void> => {
    const current = editor.dirty && doc ? await store('') : doc
    if (!current) return
    if (isHeld(current)) return await wait(current)
    if (current !== doc) await settle(current)
    const answer = await post<ActionAnswer>(`${description.url}${current.id}/${action.verb}/`, { ...params, version: current.version })
    if (answer.held) return await wait({ document: answer.document, held: answer.held })
    remember(description, answer.document)
    void message.success(t('document.did', { action: action.label }))
    announce(answer, action.opens)
    setTrouble(null)
    void refreshAll()
  }

  const remove = (gone: Id) =>
    alone('delete', async () => {
      const answer = await del<HeldAnswer | undefined>(`${description.url}${gone}/`)
      if (answer) return await wait(answer)
      discard()
      queryClient.removeQueries({ queryKey: documentKey(description.key, gone) })
      useTabs.getState().close([here.tab])
      void refreshAll()
    })

  const actWith = async (action: ActionMeta, params: Values) => {
    try {
      await act(action, params)
    } catch (error) {
      const problem = problemOf(error)
      if (problem.code === 'stale') setTrouble({ problem, at: {} })
      throw error
    }
  }

  return { busy, trouble, setTrouble, save, act: (action: ActionMeta) => alone(action.verb, () => act(action, {})), actWith, remove }
}

export type Commands = ReturnType<typeof useCommands>
