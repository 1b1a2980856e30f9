import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DesignOption } from './model'

interface Props {
  options: DesignOption[]
  problem?: string
  onChange: (options: DesignOption[]) => void
  title?: string
}

/** What can be chosen: each with a word in Chinese and in English. What is stored stays when the word changes. */
export function Options({ options, problem, onChange, title }: Props) {
  const { t } = useTranslation()
  const put = (at: number, values: Partial<DesignOption>) =>
    onChange(options.map((option, position) => (position === at ? { ...option, ...values } : option)))
  const add = () => {
    const taken = new Set(options.map((option) => option.value))
    let n = options.length + 1
    while (taken.has(String(n))) n++
    onChange([...options, { value: String(n), label: '' }])
  }
  return (
    <div className="field options">
      <span className="options__title">{title ?? t('office.options')}</span>
      {options.map((option, at) => (
        <div className="options__row" key={option.value}>
          <Input
            value={option.label}
            aria-label={`${t('office.option')} ${at + 1}`}
            placeholder={t('office.option')}
            onChange={(event) => put(at, { label: event.target.value })}
          />
          <Input
            value={option.label_en ?? ''}
            aria-label={`${t('office.option')} ${at + 1} ${t('office.inEnglish')}`}
            placeholder={t('office.inEnglish')}
            onChange={(event) => put(at, { label_en: event.target.value })}
          />
          <Button
            type="text"
            aria-label={t('office.removeOption')}
            icon={<DeleteOutlined />}
            onClick={() => onChange(options.toSpliced(at, 1))}
          />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={add}>
        {t('office.addOption')}
      </Button>
      {problem && (
        <p className="field__error" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
