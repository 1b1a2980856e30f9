import { Input } from 'antd'
import { type ReactNode, useId } from 'react'

interface Props {
  name: string
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'email' | 'password'
  autoComplete?: string
  hint?: ReactNode
  error?: string
  suffix?: ReactNode
  autoFocus?: boolean
  optional?: boolean
}

export function Field({ name, label, value, onChange, type = 'text', autoComplete, hint, error, suffix, autoFocus, optional }: Props) {
  const id = useId()
  const Control = type === 'password' ? Input.Password : Input
  return (
    <div className="doorfield" data-testid={`field-${name}`}>
      <label htmlFor={id}>{label}</label>
      <Control
        id={id}
        name={name}
        size="large"
        type={type === 'email' ? 'email' : undefined}
        required={!optional}
        value={value}
        autoFocus={autoFocus}
        autoComplete={autoComplete}
        status={error ? 'error' : ''}
        suffix={suffix}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-note`} className={error ? 'is-error' : 'is-hint'} role={error ? 'alert' : undefined}>
        {error ?? hint}
      </p>
    </div>
  )
}
