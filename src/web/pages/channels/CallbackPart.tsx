import { useQuery } from '@tanstack/react-query'
import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { get } from '@/api/http'
import type { Doc } from '@/api/types'
import { Part } from '@/kit/sheet/Sheet'
import { CHANNELS } from './useWays'

interface Callback {
  url: string
  token: string
  key: string
}

/** What is entered at WeCom so that a button under a message decides. */
export function CallbackPart({ doc }: { doc: Doc }) {
  const { t } = useTranslation()
  const url = `${CHANNELS}${doc.id}/callback/`
  const { data } = useQuery({ queryKey: ['callback', url], queryFn: () => get<Callback>(url), enabled: doc.kind === 'wecom' })
  if (!data) return null
  return (
    <Part title={t('channel.callback')} text={t('channel.callbackText')} testid="channel-callback">
      <dl className="callback">
        {(['url', 'token', 'key'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`channel.callbackOf.${name}`)}</dt>
            <dd>
              <Typography.Text copyable>{data[name]}</Typography.Text>
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  )
}
