import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from '@/api/types'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import type { FormulaName } from '@/kit/formula/model'
import { byName } from '@/shared/pinyin'

interface Props {
  value: Record<string, string>
  onChange: (values: Record<string, string>) => void
  fields: Option[]
  names: FormulaName[]
  problem: (path: string) => string | undefined
}

/** Fields that the flow fills in, each by a formula. */
export function Assignments({ value, onChange, fields, names, problem }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const rows = Object.entries(value)
  const free = fields.filter((field) => !(field.value in value))
  const put = (at: number, name: string, text: string) =>
    onChange(Object.fromEntries(rows.map((row, i) => (i === at ? [name, text] : row))))
  return (
    <ul className="who">
      {rows.map(([name, text], at) => (
        <li key={name}>
          <Select
            aria-label={t('formula.field')}
            showSearch={byName}
            value={name}
            options={[...fields.filter((field) => field.value === name), ...free]}
            onChange={(next) => put(at, next, text)}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('designer.dropField')}
            onClick={() => onChange(Object.fromEntries(rows.filter((_row, i) => i !== at)))}
          />
          <FormulaInput
            id={`${id}${at}`}
            value={text}
            names={names}
            problem={problem(`values.${name}`)}
            onChange={(next) => put(at, name, next)}
          />
        </li>
      ))}
      <li>
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={!free[0]}
          onClick={() => free[0] && onChange({ ...value, [free[0].value]: '' })}
        >
          {t('designer.addField')}
        </Button>
      </li>
    </ul>
  )
}
