import { useTranslation } from 'react-i18next'
import type { Values } from '@/api/types'
import type { InputProps } from '@/kit/field/overlays'
import './feedback.css'

const NAMES = ['address', 'page', 'document', 'tabs', 'problem', 'client', 'browser', 'window', 'language'] as const

/** What is sent along about the screen, for everybody to see before it goes; nobody types it. */
export default function SnapshotInput({ id, value }: InputProps) {
  const { t } = useTranslation()
  const told = (value ?? {}) as Values
  if (Object.keys(told).length === 0) return <span className="soft">—</span>
  return (
    <dl className="snapshot" id={id}>
      {NAMES.filter((name) => told[name] !== undefined && told[name] !== '').map((name) => (
        <div key={name}>
          <dt>{t(`feedback.${name}`)}</dt>
          <dd>{String(told[name])}</dd>
        </div>
      ))}
    </dl>
  )
}
