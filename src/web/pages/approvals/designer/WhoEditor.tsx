import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Who } from './drawing'
import { type DetailProps, WhoDetail } from './WhoDetail'
import { SOURCES } from './words'

interface Props extends Omit<DetailProps, 'who' | 'set'> {
  value: Who[]
  onChange: (who: Who[]) => void
}

const leveled = (source: string) => SOURCES[source]?.detail === 'level'

/** Whom a node asks: any number of sources, all of whom are asked together. */
export function WhoEditor({ value, onChange, problem, ...rest }: Props) {
  const { t } = useTranslation()
  const set = (at: number, who: Who) => onChange(value.with(at, who))
  const sources = Object.keys(SOURCES).map((source) => ({ value: source, label: t(`designer.source.${source}`) }))
  return (
    <ul className="who" data-testid="who">
      {value.map((who, at) => (
        <li key={`${at}${who.source}`}>
          <Select
            aria-label={t('designer.source.label')}
            value={who.source}
            options={sources}
            popupMatchSelectWidth={false}
            onChange={(source) => set(at, { source, ...(leveled(source) ? { level: 1 } : {}) })}
          />
          <WhoDetail {...rest} who={who} set={(next) => set(at, next)} problem={(path) => problem(`who.${at}.${path}`)} />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('designer.dropSource')}
            onClick={() => onChange(value.toSpliced(at, 1))}
          />
          {problem(`who.${at}`) && (
            <p className="field__error" role="alert">
              {problem(`who.${at}`)}
            </p>
          )}
        </li>
      ))}
      <li>
        <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...value, { source: 'superior', level: 1 }])}>
          {t('designer.addSource')}
        </Button>
      </li>
    </ul>
  )
}
