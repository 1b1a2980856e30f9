import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { del, post, problemOf } from '@/api/http'
import type { Run } from '@/kit/security/Setup'
import { Part } from '@/kit/sheet/Sheet'
import type { Overview } from './model'

/** WeChat, DingTalk and WeCom: connected, they open the door too. */
export function Connections({ outside, run, refresh }: { outside: Overview['outside']; run: Run; refresh: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const complain = (error: unknown) => void message.error(problemOf(error).detail)
  const url = (name: string) => `/api/v1/security/outside/${name}/`
  const connect = (name: string) => run(() => post<{ url: string }>(url(name))).then((answer) => location.assign(answer.url), complain)
  const disconnect = (name: string) => run(() => del(url(name))).then(refresh, complain)
  if (!outside.length) return null
  return (
    <Part testid="connections" title={t('security.outside')}>
      <ul className="part__rows">
        {outside.map(({ name, connected_at }) => (
          <li key={name}>
            <b>{t(`security.${name}`)}</b>
            <span className="soft">{t(connected_at ? 'security.connected' : 'security.notConnected')}</span>
            <Button size="small" onClick={() => void (connected_at ? disconnect(name) : connect(name))}>
              {t(connected_at ? 'security.disconnect' : 'security.connect')}
            </Button>
          </li>
        ))}
      </ul>
    </Part>
  )
}
