import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'

export interface Template {
  key: string
  label: string
  text: string
}

/** The trade a company begins from. */
export function Templates({ templates, value, onChange }: { templates: Template[]; value: string; onChange: (key: string) => void }) {
  const { t } = useTranslation()
  if (templates.length === 0) return null
  return (
    <fieldset className="trades">
      <legend>{t('signup.trade')}</legend>
      {templates.map((template) => (
        <label key={template.key} className={classes(template.key === value && 'is-chosen')}>
          <input
            type="radio"
            name="template"
            value={template.key}
            checked={template.key === value}
            onChange={() => onChange(template.key)}
          />
          <b>{template.label}</b>
          <span>{template.text}</span>
        </label>
      ))}
    </fieldset>
  )
}
