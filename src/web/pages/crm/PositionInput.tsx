import { AimOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'

/** As the browser tells it in numbers, and as it is kept in texts. */
type Position = Record<'latitude' | 'longitude' | 'accuracy', number | string>

const said = ({ latitude, longitude, accuracy }: Position) =>
  `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)} ±${accuracy} m`

/** Where the browser says one is; asked only when the button is pressed. */
export default function PositionInput({ field, value, onChange, id }: InputProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'' | 'asking' | 'refused'>('')
  const known = (value as Partial<Position> | null)?.latitude === undefined ? null : (value as Position)
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
  if (field.readonly)
    return (
      <span id={id} className="field__value">
        {known ? said(known) : '—'}
      </span>
    )
  return (
    <span id={id}>
      <Button icon={<AimOutlined />} loading={state === 'asking'} onClick={ask}>
        {t('crm.locate')}
      </Button>{' '}
      {known && <span className="num">{said(known)}</span>}
      {state === 'refused' && <span className="soft">{t('crm.noPosition')}</span>}
    </span>
  )
}
