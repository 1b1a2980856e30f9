import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bound, SmallForm } from '@/kit/form/useForm'
import { Field } from './Field'
import { Complaint } from './Frame'
import { strengthOf } from './model'

/** The fields of a form of the door, what was refused over them, and the one button under them. */
export function Form({ form, go, children }: { form: SmallForm; go: string; children: ReactNode }) {
  return (
    <form onSubmit={(event) => void form.submit(event)} className="door__form">
      <Complaint text={form.problem} />
      {children}
      <Button type="primary" size="large" htmlType="submit" block loading={form.busy} data-testid="submit">
        {go}
      </Button>
    </form>
  )
}

interface Props {
  field: Bound
  autoFocus?: boolean
}

export function Email({ field, autoFocus }: Props) {
  const { t } = useTranslation()
  return <Field {...field} type="email" label={t('email')} autoComplete="username" autoFocus={autoFocus} />
}

/** A password to be thought up, with a word on its strength. */
export function NewPassword({ field, label, autoFocus }: Props & { label: string }) {
  const { t } = useTranslation()
  const hint = field.value && t(`strength.${strengthOf(field.value)}`)
  return <Field {...field} type="password" label={label} autoComplete="new-password" hint={hint} autoFocus={autoFocus} />
}
