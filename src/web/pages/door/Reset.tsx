import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from './Field'
import { Complaint, Frame } from './Frame'
import { strengthOf } from './model'
import { useForm } from './useForm'

export function Reset({ secret }: { secret: string }) {
  const { t } = useTranslation()
  const form = useForm({ password: '' }, `/api/v1/password/reset/${encodeURIComponent(secret)}/`, () => location.assign('/login'))
  return (
    <Frame title={t('reset.title')} foot={<a href="/reset">{t('reset.again')}</a>}>
      <form onSubmit={(event) => void form.submit(event)} className="door__form">
        <Complaint text={form.problem} />
        <Field
          autoFocus
          name="password"
          type="password"
          label={t('reset.new')}
          autoComplete="new-password"
          value={form.values.password}
          error={form.errors.password}
          hint={form.values.password && t(`strength.${strengthOf(form.values.password)}`)}
          onChange={(value) => form.set('password', value)}
        />
        <Button type="primary" size="large" htmlType="submit" block loading={form.busy} data-testid="submit">
          {t('reset.go')}
        </Button>
      </form>
    </Frame>
  )
}
