import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  problem?: string
  children: (id: string) => ReactNode
}

export function Labelled({ label, problem, children }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {problem && (
        <p className="field__error" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
