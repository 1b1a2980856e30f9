import { Input } from 'antd'
import type { InputProps } from '@/kit/field/overlays'
import { useWay } from './useWays'
import './channels.css'

/** The values of an account, by what its kind asks for. */
export default function AccountInput({ id, field, value, context, onChange }: InputProps) {
  const way = useWay(context?.('kind'))
  const values = (value ?? {}) as Record<string, string>
  return (
    <div className="accountvalues" id={id} data-testid="account">
      {way?.settings.map((one) => (
        <label key={one.name} htmlFor={`${id}-${one.name}`}>
          <span>
            {one.label}
            {one.required && <em aria-hidden>*</em>}
          </span>
          <Input
            id={`${id}-${one.name}`}
            disabled={field.readonly}
            placeholder={one.help}
            value={values[one.name] ?? ''}
            onChange={({ target }) =>
              onChange({ ...Object.fromEntries(way.settings.map(({ name }) => [name, values[name] ?? ''])), [one.name]: target.value })
            }
          />
        </label>
      ))}
    </div>
  )
}
