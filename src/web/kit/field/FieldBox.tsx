import { QuestionCircleOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Field } from '@/api/types'
import { classes } from '@/shared/text'

interface Props {
  field: Field
  id: string
  error?: string
  wide?: boolean
  note?: ReactNode
  children: ReactNode
}

/** Label, input, what is wrong with it. */
export function FieldBox({ field, id, error, wide, note, children }: Props) {
  return (
    <div className={classes('field', wide && 'is-wide', error && 'has-error')} data-testid={`field-${field.name}`} data-path={field.name}>
      <label htmlFor={id}>
        {field.label}
        {field.required && <em aria-hidden>*</em>}
        {field.help && (
          <Tooltip title={field.help}>
            <QuestionCircleOutlined className="field__help" aria-label={field.help} />
          </Tooltip>
        )}
      </label>
      {children}
      {note}
      {error && (
        <p className="field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
