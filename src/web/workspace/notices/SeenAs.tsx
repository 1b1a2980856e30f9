import { Alert, App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { post, problemOf } from '@/api/http'
import { queryClient, useMeta } from '@/api/queries'
import { HOME } from '../route'

/** An administrator looks through a role's eyes: everybody who glances at the screen should see that, and the way back. */
export function SeenAs() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const role = useMeta().member.seen_as
  if (!role) return null
  const back = async () => {
    try {
      await post('/api/v1/me/see-as-myself/')
      queryClient.clear()
      window.location.assign(HOME)
    } catch (error) {
      void message.error(problemOf(error).detail)
    }
  }
  return (
    <Alert
      banner
      type="warning"
      data-testid="seen-as"
      title={t('permission.seenAs', { name: role })}
      action={
        <Button size="small" data-testid="see-as-myself" onClick={() => void back()}>
          {t('permission.myself')}
        </Button>
      }
    />
  )
}
