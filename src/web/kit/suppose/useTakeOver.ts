import { App } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patch, post, problemOf } from '@/api/http'
import { refreshAll, useDescription } from '@/api/queries'
import type { ActionAnswer, Doc } from '@/api/types'
import { docUrl } from '@/workspace/route'
import { openTab } from '@/workspace/tabs'
import { changeRows, outgoing, ownPlan, type Supposed, type Wish, wayOf } from './model'

/** Put supposed terms into a draft, or into a new change order of a signed contract. */
export function useTakeOver(doc: Doc, onTaken: () => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  const own = useDescription(doc._key).data
  const changes = useDescription('contracts.change').data
  const schemes = useDescription('contracts.scheme').data

  /** A quote names a payment scheme; terms of its own become one. */
  const ofQuote = async (found: Supposed, wish: Wish) => {
    const made = wish.scheme
      ? { id: Number(wish.scheme.id) }
      : await post<Doc>(schemes?.url ?? '', {
          name: `${doc._label} ${t('suppose.terms')}`.slice(0, 60),
          lines: outgoing(found.supposed.stages).map(({ id: _id, fixed_date: _day, fixed_amount: _amount, ...row }) => row),
        })
    await patch(`${own?.url}${doc.id}/`, { scheme: made.id, version: doc.version })
  }
  const ofDraft = async (found: Supposed, wish: Wish) => {
    const day = wish.dates?.shipped
    await patch(`${own?.url}${doc.id}/`, {
      plan: outgoing(found.supposed.stages),
      ...(day ? { delivery_date: day } : {}),
      version: doc.version,
    })
  }
  const ofContract = async (found: Supposed, wish: Wish) => {
    const answer = await post<ActionAnswer>(`${own?.url}${doc.id}/amend/`, { version: doc.version })
    const made = answer.created.find((one) => one._key === changes?.key)
    if (!made || !changes) return
    const plan = changeRows(found.supposed.stages, changes.fields.plan?.columns ?? [])
    const day = wish.dates?.shipped
    await patch(`${changes.url}${made.id}/`, { plan, ...(day ? { delivery_date: day } : {}) })
    openTab(docUrl(made._key, made.id))
  }

  const take = async (found: Supposed, wish: Wish) => {
    setBusy(true)
    setTrouble('')
    try {
      await (wayOf(doc) === 'change' ? ofContract : ownPlan(doc) ? ofDraft : ofQuote)(found, wish)
      await refreshAll()
      void message.success(t('suppose.taken'))
      onTaken()
    } catch (error) {
      const problem = problemOf(error)
      setTrouble(
        [problem.detail, ...(problem.errors ?? []).map((one) => one.detail)].filter((one, at, all) => all.indexOf(one) === at).join(' '),
      )
    } finally {
      setBusy(false)
    }
  }
  return { take, trouble, busy }
}
