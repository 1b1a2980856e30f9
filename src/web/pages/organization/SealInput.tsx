import { Checkbox, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { usePrintParts } from './blocks'
import './seal.css'

interface Seal {
  states: string[]
  signature: number
  size: number
  right: number
  up: number
}

const FIRST: Seal = { states: [], signature: 1, size: 40, right: 0, up: -8 }
const RANGES = { size: [15, 80], right: [-60, 160], up: [-60, 120] } as const

/** Whether and where a printed form carries the company's seal, and in which states of the document. */
export default function SealInput({ id, field, value, invalid, onChange, context }: InputProps) {
  const { t } = useTranslation()
  const resource = String(context?.('resource') ?? '')
  const parts = usePrintParts(resource)
  const given = (value ?? {}) as Partial<Seal>
  const on = Object.keys(given).length > 0
  const seal = { ...FIRST, ...given }
  const readonly = !!field.readonly
  const put = (part: Partial<Seal>) => onChange({ ...seal, ...part })
  const states = parts?.states ?? []
  return (
    <div className="sealed" id={id} aria-invalid={invalid} data-testid="seal-input">
      <label className="sealed__switch" htmlFor={`${id}-on`}>
        <Switch
          id={`${id}-on`}
          size="small"
          disabled={readonly || !resource}
          checked={on}
          onChange={(wanted) => onChange(wanted ? { ...FIRST, states: states.slice(1, 2).map((one) => one.value) } : {})}
        />
        {t('seal.on')}
      </label>
      {on && states.length > 0 && (
        <fieldset>
          <legend>{t('seal.states')}</legend>
          <Checkbox.Group
            disabled={readonly}
            value={seal.states}
            options={states.map((one) => ({ value: one.value, label: one.label }))}
            onChange={(chosen) => put({ states: chosen })}
          />
        </fieldset>
      )}
      {on && (
        <div className="sealed__place">
          <label htmlFor={`${id}-signature`}>
            {t('seal.signature')}
            <Select
              id={`${id}-signature`}
              disabled={readonly}
              value={seal.signature}
              options={[1, 2, 3, 4].map((n) => ({ value: n, label: t('seal.nth', { n }) }))}
              onChange={(signature) => put({ signature })}
            />
          </label>
          {(['size', 'right', 'up'] as const).map((name) => (
            <label key={name} htmlFor={`${id}-${name}`}>
              {t(`seal.${name}`)}
              <InputNumber
                id={`${id}-${name}`}
                disabled={readonly}
                min={RANGES[name][0]}
                max={RANGES[name][1]}
                precision={0}
                value={seal[name]}
                onChange={(next) => put({ [name]: next ?? FIRST[name] })}
              />
            </label>
          ))}
        </div>
      )}
    </div>
  )
}
