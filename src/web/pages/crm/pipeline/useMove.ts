import { App } from 'antd'
import { useState } from 'react'
import { post, problemOf } from '@/api/http'
import { refreshAll } from '@/api/queries'
import type { Problem } from '@/api/types'
import type { Deal, Stage } from '../model'

export interface Asked {
  deal: Deal
  stage: Stage
  missing: string[]
}

/** Moves a card to another stage; where the stage it leaves still asks for something, that is asked first. */
export function useMove(url: string | undefined) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const move = async (deal: Deal, stage: Stage, ticked: string[] = []) => {
    setBusy(true)
    try {
      await post(`${url}${deal.id}/move/`, { version: deal.version, stage: stage.id, ticked })
      setAsked(null)
    } catch (error) {
      const problem = problemOf(error) as Problem & { missing?: string[] }
      setAsked(problem.missing ? { deal, stage, missing: problem.missing } : null)
      if (!problem.missing) void message.error(problem.detail, 6)
    } finally {
      await refreshAll(['meta', 'description', 'setting', 'news'])
      setBusy(false)
    }
  }
  return { busy, asked, move, drop: () => setAsked(null) }
}
