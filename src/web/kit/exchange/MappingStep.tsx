import { Alert, Button, Checkbox, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { formatList } from '@/shared/format'
import { byName } from '@/shared/pinyin'
import type { Settings } from './ImportWizard'
import { creatable, type Inspection, type Mapping, mapped, missing } from './model'

interface Props {
  inspection: Inspection
  mapping: Mapping
  setMapping: (next: Mapping) => void
  settings: Settings
  setSettings: (next: Settings) => void
  onNext: () => void
}

interface Choice {
  inspection: Inspection
  path: string | null | undefined
  chosen: string[]
  choose: (path: string, on: boolean) => void
}

/** Offered only where a name is enough to make what it names, and to who may. */
function CreateMissing({ inspection, path, chosen, choose }: Choice) {
  const { t } = useTranslation()
  if (!path || !creatable(inspection, path)) return null
  return (
    <Checkbox checked={chosen.includes(path)} onChange={(event) => choose(path, event.target.checked)} data-testid={`create-${path}`}>
      {t('import.create')}
    </Checkbox>
  )
}

export function MappingStep({ inspection, mapping, setMapping, settings, setSettings, onNext }: Props) {
  const { t } = useTranslation()
  const lacking = missing(inspection, mapping)
  const choose = (path: string, on: boolean) =>
    setSettings({ ...settings, create: [...settings.create.filter((one) => one !== path), ...(on ? [path] : [])] })
  const options = inspection.fields.map((field) => ({ value: field.path, label: field.required ? `${field.label} *` : field.label }))
  return (
    <>
      <table className="mapping">
        <thead>
          <tr>
            <th>{t('import.heading')}</th>
            <th>{t('import.sample')}</th>
            <th>{t('import.field')}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.headings.map((heading, column) => (
            <tr key={heading}>
              <td>{heading}</td>
              <td className="soft">
                {inspection.sample
                  .map((row) => row[column])
                  .filter(Boolean)
                  .slice(0, 2)
                  .join(' · ')}
              </td>
              <td>
                <Select
                  allowClear
                  className="input--full"
                  aria-label={heading}
                  placeholder={t('import.skip')}
                  value={mapping[heading] ?? undefined}
                  options={options}
                  showSearch={byName}
                  onChange={(path?: string) => setMapping(mapped(mapping, heading, path ?? null))}
                />
                <CreateMissing inspection={inspection} path={mapping[heading]} chosen={settings.create} choose={choose} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="exchange__choices">
        <Radio.Group
          value={settings.mode}
          onChange={(event) => setSettings({ ...settings, mode: event.target.value })}
          options={(['upsert', 'insert', 'update'] as const).map((mode) => ({ value: mode, label: t(`import.mode.${mode}`) }))}
        />
        <Radio.Group
          value={settings.onError}
          onChange={(event) => setSettings({ ...settings, onError: event.target.value })}
          options={(['skip', 'stop'] as const).map((rule) => ({ value: rule, label: t(`import.error.${rule}`) }))}
        />
      </div>
      {lacking.length > 0 && <Alert type="warning" showIcon title={t('import.lacking', { names: formatList(lacking) })} />}
      <div className="exchange__foot">
        <Button type="primary" onClick={onNext} data-testid="import-try">
          {t('import.try')}
        </Button>
      </div>
    </>
  )
}
