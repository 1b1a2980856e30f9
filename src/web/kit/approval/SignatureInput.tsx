import { ClearOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '../field/overlays'
import './approval.css'

const PEN = 2.2

/** A name written by hand, with a finger, a pen or the mouse. */
export default function SignatureInput({ id, onChange, invalid }: InputProps) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [empty, setEmpty] = useState(true)
  const pen = () => canvas.current?.getContext('2d') ?? null
  useLayoutEffect(() => {
    const sheet = canvas.current
    const context = sheet?.getContext('2d')
    if (!sheet || !context) return
    sheet.width = sheet.clientWidth * devicePixelRatio
    sheet.height = sheet.clientHeight * devicePixelRatio
    context.scale(devicePixelRatio, devicePixelRatio)
    context.lineWidth = PEN
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.strokeStyle = getComputedStyle(sheet).color
  }, [])
  const at = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top] as const
  }
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    pen()?.beginPath()
    pen()?.moveTo(...at(event))
    pen()?.lineTo(...at(event))
    pen()?.stroke()
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    pen()?.lineTo(...at(event))
    pen()?.stroke()
  }
  const up = () => {
    setEmpty(false)
    onChange(canvas.current?.toDataURL('image/png') ?? null)
  }
  const clear = () => {
    const sheet = canvas.current
    pen()?.clearRect(0, 0, sheet?.clientWidth ?? 0, sheet?.clientHeight ?? 0)
    setEmpty(true)
    onChange(null)
  }
  return (
    <div className="signature" aria-invalid={invalid} data-testid="signature">
      <canvas ref={canvas} id={id} aria-label={t('approval.sign')} onPointerDown={down} onPointerMove={move} onPointerUp={up} />
      {empty ? (
        <span className="soft">{t('approval.sign')}</span>
      ) : (
        <Button size="small" type="text" icon={<ClearOutlined />} onClick={clear}>
          {t('approval.signAgain')}
        </Button>
      )}
    </div>
  )
}
