import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Bound } from '@/kit/form/useForm'

/** Why a field was refused, until it is mended. */
export function Wrong({ field }: { field: Bound }) {
  return (
    field.error && (
      <p className="offer__wrong" role="alert">
        {field.error}
      </p>
    )
  )
}

/** Who answers or asks. */
export function Name({ id, field }: { id: string; field: Bound }) {
  const { t } = useTranslation()
  return (
    <>
      <label htmlFor={id}>{t('name')}</label>
      <Input
        id={id}
        name={field.name}
        autoComplete="name"
        value={field.value}
        maxLength={60}
        status={field.error ? 'error' : ''}
        onChange={(event) => field.onChange(event.target.value)}
      />
      <Wrong field={field} />
    </>
  )
}
