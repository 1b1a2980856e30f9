import { App } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient, refreshAll } from '@/api/queries'
import type { Id } from '@/api/types'
import { holders, isRunning } from './model'
import { storyQuery } from './useApproval'

/** After a decision: everything on screen asks again, and a sentence says who has it now. */
export function useDecided() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  return useCallback(
    async (action: string, id: Id) => {
      await refreshAll()
      const story = await queryClient.fetchQuery(storyQuery(id)).catch(() => null)
      const people = story && isRunning(story) ? holders(story) : ''
      const ended = story && !isRunning(story) ? t('approval.ended', { action, state: story.state_label }) : t('document.did', { action })
      void message.success(people ? t('approval.goesOn', { action, people }) : ended, 5)
    },
    [message, t],
  )
}
