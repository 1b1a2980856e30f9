import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { byName } from '@/shared/pinyin'
import { Labelled } from './Labelled'
import type { DesignField } from './model'

interface Props {
  field: DesignField
  problem?: string
  onChange: (values: Partial<DesignField>) => void
}

const STATES = ['draft', 'submitted', 'approved', 'rejected', 'done', 'cancelled']

/** What a field refers to: a document type of the product, or entries of another form in some of their states. */
export function RefSettings({ field, problem, onChange }: Props) {
  const { t } = useTranslation()
  const { resources } = useMeta()
  return (
    <>
      <Labelled label={t('office.target')} problem={problem}>
        {(id) => (
          <Select
            id={id}
            showSearch={byName}
            value={field.target}
            options={Object.entries(resources).map(([value, { label }]) => ({ value, label }))}
            onChange={(target) => onChange({ target, states: undefined })}
          />
        )}
      </Labelled>
      {field.target?.startsWith('office.') && (
        <Labelled label={t('office.states')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              showSearch={byName}
              value={field.states ?? []}
              placeholder={t('office.anyState')}
              options={STATES.map((value) => ({ value, label: t(`office.state.${value}`) }))}
              onChange={(states) => onChange({ states: states.length ? states : undefined })}
            />
          )}
        </Labelled>
      )}
    </>
  )
}
