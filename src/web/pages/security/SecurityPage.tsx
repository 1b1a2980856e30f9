import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import { queryClient } from '@/api/queries'
import { Sheet } from '@/kit/sheet/Sheet'
import { Connections } from './Connections'
import { Mail, Password } from './Credentials'
import { Devices } from './Devices'
import { Factors } from './Factors'
import type { Overview } from './model'
import { Tokens } from './Tokens'
import { useConfirmed } from './useConfirmed'

const refresh = () => void queryClient.invalidateQueries({ queryKey: ['security'] })

/** Everything with which the member's account is locked. */
export default function SecurityPage() {
  const { t } = useTranslation()
  const run = useConfirmed()
  const { data } = useQuery({ queryKey: ['security'], queryFn: () => get<Overview>('/api/v1/security/') })
  const said = new URLSearchParams(location.search).get('outside')
  if (!data) return null
  return (
    <Sheet title={t('page.security')}>
      {said === 'taken' && <Alert type="error" showIcon title={t('security.taken')} />}
      <Factors factors={data.factors} required={data.required} run={run} refresh={refresh} />
      <Password refresh={refresh} />
      <Mail email={data.email} run={run} refresh={refresh} />
      <Devices devices={data.devices} refresh={refresh} />
      <Connections outside={data.outside} run={run} refresh={refresh} />
      <Tokens />
    </Sheet>
  )
}
