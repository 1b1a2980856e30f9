import { Segmented } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, RefValue } from '@/api/types'
import { RefInput } from '@/kit/field/RefInput'
import { wireLanguage } from '@/shared/i18n'

export interface Shown {
  document?: RefValue
  language?: string
}

/** On which document a form is shown while one works, and in which language. */
export function PaperChoice({ resource, shown, onChange }: { resource: string; shown: Shown; onChange: (shown: Shown) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const field = { name: 'document', label: t('blocks.shownOn'), type: 'ref', resource } as Field
  return (
    <div className="blocks__shown">
      <label htmlFor={id}>{t('blocks.shownOn')}</label>
      <span>
        <RefInput
          id={id}
          field={field}
          value={shown.document ?? null}
          onChange={(next) => onChange({ ...shown, document: (next as RefValue | null) ?? undefined })}
        />
      </span>
      <Segmented
        size="small"
        value={shown.language ?? wireLanguage()}
        options={['zh-hans', 'en', 'both'].map((value) => ({ value, label: t(`prints.languages.${value}`) }))}
        onChange={(language) => onChange({ ...shown, language })}
      />
    </div>
  )
}
