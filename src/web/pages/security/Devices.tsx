import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { del, problemOf } from '@/api/http'
import { Part } from '@/kit/sheet/Sheet'
import { formatDateTime } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { type Device, deviceName } from './model'

export function Devices({ devices, refresh }: { devices: Device[]; refresh: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const end = (path: string) =>
    del(`/api/v1/security/devices/${path}`).then(refresh, (error: unknown) => void message.error(problemOf(error).detail))
  return (
    <Part testid="devices" title={t('security.devices')} text={t('security.devicesText')}>
      <ul className="part__rows">
        {devices.map((device) => (
          <li key={device.id}>
            <b>{deviceName(device.agent)}</b>
            <span className="soft">
              {device.ip} · {t('security.since', { when: formatDateTime(device.began_at) })} ·{' '}
              {t('security.seen', { when: formatDateTime(device.seen_at) })}
            </span>
            {device.here ? (
              <Tag color="green">{t('security.here')}</Tag>
            ) : (
              <Button size="small" onClick={() => void end(`${device.id}/`)}>
                {t('security.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button data-testid="end-others" onClick={() => void end('')}>
        {t('security.endOthers')}
      </Button>
    </Part>
  )
}
