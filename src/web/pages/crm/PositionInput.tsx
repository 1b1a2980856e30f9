import { AimOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'

interface Position {
  latitude: number
  longitude: number
  accuracy: number
}

/** Where the browser says one is; asked only when the button is pressed. */
export default function PositionInput({ value, onChange, id }: InputProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'' | 'asking' | 'refused'>('')
  const known = value as Position | null | undefined
  const ask = () => {
    if (!navigator.geolocation) return setState('refused')
    setState('asking')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('')
        onChange({ latitude: coords.latitude, longitude: coords.longitude, accuracy: Math.round(coords.accuracy) })
      },
      () => setState('refused'),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  return (
    <span id={id}>
      <Button icon={<AimOutlined />} loading={state === 'asking'} onClick={ask}>
        {t('crm.locate')}
      </Button>{' '}
      {known && (
        <span className="num">
          {known.latitude.toFixed(5)}, {known.longitude.toFixed(5)} ±{known.accuracy} m
        </span>
      )}
      {state === 'refused' && <span className="soft">{t('crm.noPosition')}</span>}
    </span>
  )
}
