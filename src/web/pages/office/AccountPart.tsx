import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDescription, useMeta } from '@/api/queries'
import { byName } from '@/shared/pinyin'
import { AccountRules } from './AccountRules'
import { FieldSelect } from './FieldSelect'
import { Labelled } from './Labelled'
import { type DesignAccount, everyField, setting } from './model'
import type { Drawing } from './useDesign'

const NUMBERS = ['decimal', 'int', 'money', 'working']
type Way = 'none' | 'takes' | 'gives'

const wayOf = (account: DesignAccount | null | undefined): Way => (!account ? 'none' : account.book === undefined ? 'takes' : 'gives')

/** Which account of the other form is added to: one always, or the one a field of this form says. */
function GivenTo({ drawing, account, put }: { drawing: Drawing; account: DesignAccount; put: (values: Partial<DesignAccount>) => void }) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  const { data } = useDescription(account.book ? `office.${account.book}` : '')
  const forms = Object.entries(resources).filter(([key]) => key.startsWith('office.') && key !== 'office.form')
  const kinds = Object.values(data?.fields ?? {}).filter((field) => field.type === 'choice')
  return (
    <>
      <Labelled label={t('office.account.book')}>
        {(id) => (
          <Select
            id={id}
            showSearch={byName}
            value={account.book || undefined}
            options={forms.map(([key, { label }]) => ({ value: key.slice('office.'.length), label }))}
            onChange={(book) => put({ book })}
          />
        )}
      </Labelled>
      <Labelled label={t('office.account.always')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={account.always || undefined}
            options={kinds.flatMap((field) => (field.options ?? []).map(({ value, label }) => ({ value, label })))}
            onChange={(always) => put({ always, kind: undefined })}
          />
        )}
      </Labelled>
      {!account.always && (
        <Labelled label={t('office.account.kind')}>
          {(id) => (
            <FieldSelect id={id} design={drawing.design} kinds={['choice']} value={account.kind} onChange={(kind) => put({ kind })} />
          )}
        </Labelled>
      )}
    </>
  )
}

/** Accounts of days or hours: kept by this form (leave), or added to by it (overtime taken as time off). */
export function AccountPart({ drawing }: { drawing: Drawing }) {
  const { t } = useTranslation()
  const { design, set, errors } = drawing
  const account = design.account ?? {}
  const way = wayOf(design.account)
  const put = (values: Partial<DesignAccount>) => set(setting(design, { account: { ...account, ...values } }))
  const turn = (next: Way) => {
    const { amount, on, member } = account
    set(setting(design, { account: next === 'none' ? null : { amount, on, member, ...(next === 'gives' ? { book: '' } : { kinds: [] }) } }))
  }
  const problems = Object.entries(errors[''] ?? {}).filter(([path]) => path.startsWith('account'))
  const chosen = everyField(design).find((field) => field.name === account.kind)
  return (
    <section className="rules__part" data-testid="account">
      <h3>{t('office.account.title')}</h3>
      <p className="soft">{t('office.account.help')}</p>
      <Select
        className="account__way"
        value={way}
        aria-label={t('office.account.title')}
        options={(['none', 'takes', 'gives'] as const).map((value) => ({ value, label: t(`office.account.${value}`) }))}
        onChange={turn}
      />
      {way !== 'none' && (
        <div className="rules__grid">
          {way === 'gives' && <GivenTo drawing={drawing} account={account} put={put} />}
          {way === 'takes' && (
            <Labelled label={t('office.account.kind')}>
              {(id) => (
                <FieldSelect
                  id={id}
                  design={design}
                  kinds={['choice']}
                  value={account.kind}
                  onChange={(kind) => put({ kind, kinds: [] })}
                />
              )}
            </Labelled>
          )}
          <Labelled label={t('office.account.amount')}>
            {(id) => <FieldSelect id={id} design={design} kinds={NUMBERS} value={account.amount} onChange={(amount) => put({ amount })} />}
          </Labelled>
          <Labelled label={t('office.account.on')}>
            {(id) => <FieldSelect id={id} design={design} kinds={['date', 'datetime']} value={account.on} onChange={(on) => put({ on })} />}
          </Labelled>
          <Labelled label={t('office.account.member')}>
            {(id) => (
              <FieldSelect id={id} design={design} kinds={['member']} value={account.member} onChange={(member) => put({ member })} />
            )}
          </Labelled>
        </div>
      )}
      {way === 'takes' && chosen && <AccountRules field={chosen} rules={account.kinds ?? []} onChange={(kinds) => put({ kinds })} />}
      {problems.map(([path, sentence]) => (
        <p key={path} className="field__error" role="alert">
          {sentence}
        </p>
      ))}
    </section>
  )
}
