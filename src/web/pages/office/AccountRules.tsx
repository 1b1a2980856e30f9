import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { type DesignField, type DesignRule, type DesignTier, optionsOf } from './model'

interface Props {
  field: DesignField
  rules: DesignRule[]
  onChange: (rules: DesignRule[]) => void
}

/** By full years of service: from so many on, so much a year. */
function Tiers({ tiers, onChange }: { tiers: DesignTier[]; onChange: (tiers: DesignTier[]) => void }) {
  const { t } = useTranslation()
  const change = (at: number, values: Partial<DesignTier>) =>
    onChange(tiers.map((tier, position) => (position === at ? { ...tier, ...values } : tier)))
  const last = tiers.at(-1)
  return (
    <div className="account__tiers">
      {tiers.map((tier, at) => (
        <span key={at} className="account__tier">
          {t('office.account.from')}
          <InputNumber
            size="small"
            min={0}
            max={60}
            precision={0}
            value={tier.from}
            aria-label={t('office.account.years')}
            onChange={(from) => change(at, { from: from ?? 0 })}
          />
          {t('office.account.years')}
          <InputNumber
            size="small"
            min={0}
            step={0.5}
            value={Number(tier.amount)}
            aria-label={t('office.account.due')}
            onChange={(amount) => change(at, { amount: amount ?? 0 })}
          />
          {t('office.account.aYear')}
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('office.account.removeTier')}
            onClick={() => onChange(tiers.toSpliced(at, 1))}
          />
        </span>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...tiers, last ? { from: last.from + 10, amount: last.amount } : { from: 0, amount: 5 }])}
      >
        {t('office.account.addTier')}
      </Button>
    </div>
  )
}

function Rule({ rule, onChange }: { rule: DesignRule; onChange: (rule: DesignRule) => void }) {
  const { t } = useTranslation()
  const put = (values: Partial<DesignRule>) => onChange({ ...rule, ...values })
  return (
    <div className="account__rule">
      <Tiers tiers={rule.years ?? []} onChange={(years) => put({ years })} />
      <span className="account__kept">
        {t('office.account.keeps')}
        <InputNumber
          size="small"
          min={0}
          value={Number(rule.keeps ?? 0)}
          aria-label={t('office.account.keeps')}
          onChange={(keeps) => put({ keeps: keeps ?? 0 })}
        />
        {t('office.account.until')}
        <Input
          size="small"
          value={rule.until ?? ''}
          placeholder="03-31"
          aria-label={t('office.account.until')}
          onChange={({ target }) => put({ until: target.value || undefined })}
        />
      </span>
      <Checkbox checked={!!rule.part} onChange={({ target }) => put({ part: target.checked })}>
        {t('office.account.part')}
      </Checkbox>
      <Checkbox checked={!!rule.below} onChange={({ target }) => put({ below: target.checked })}>
        {t('office.account.below')}
      </Checkbox>
    </div>
  )
}

/** For each kind that can be chosen: whether an account is kept of it, and what everybody has of it a year. */
export function AccountRules({ field, rules, onChange }: Props) {
  const { t } = useTranslation()
  const of = (value: string) => rules.find((rule) => rule.value === value)
  const tick = (value: string, mark: boolean) =>
    onChange(mark ? [...rules, { value, years: [{ from: 0, amount: 5 }] }] : rules.filter((rule) => rule.value !== value))
  return (
    <div className="account__rules">
      {(optionsOf(field) ?? []).map(({ value, label }) => {
        const rule = of(value)
        return (
          <div key={value}>
            <Checkbox checked={!!rule} onChange={({ target }) => tick(value, target.checked)}>
              {t('office.account.counted', { name: label })}
            </Checkbox>
            {rule && <Rule rule={rule} onChange={(next) => onChange(rules.map((one) => (one.value === value ? next : one)))} />}
          </div>
        )
      })}
    </div>
  )
}
