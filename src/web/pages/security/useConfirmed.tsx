import { App, Input } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError, post, problemOf } from '@/api/http'
import type { Run } from '@/kit/security/Setup'

/** Runs a change of the locks; the password is asked for first when it was given too long ago. */
export function useConfirmed(): Run {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        let password = ''
        modal.confirm({
          title: t('security.confirm'),
          content: (
            <Input.Password
              autoFocus
              autoComplete="current-password"
              aria-label={t('security.password')}
              data-testid="confirm-password"
              onChange={(event) => {
                password = event.target.value
              }}
            />
          ),
          onCancel: () => resolve(false),
          onOk: async () => {
            try {
              await post('/api/v1/security/confirm/', { password })
              resolve(true)
            } catch (error) {
              void message.error(problemOf(error).detail)
              throw error
            }
          },
        })
      }),
    [modal, message, t],
  )
  return useCallback(
    async (work) => {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'confirm' && (await ask()))) throw error
        return work()
      }
    },
    [ask],
  )
}
