import { FunctionOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type FormulaName, inserted, readable } from './model'
import './formula.css'

const SIGNS = ['>', '>=', '<', '==', '!=', 'and', 'or', 'in ("", "")']
const FUNCTIONS = ['IF(, , )', 'SUM(lines.)', 'MAX(, )', 'MIN(, )', 'ROUND(, 2)', 'DAYS(, )', 'TODAY()', 'EMPTY()', 'CONTAINS(, "")']

interface Props {
  id: string
  value: string
  onChange: (text: string) => void
  names: FormulaName[]
  /** What the server says is wrong with it. */
  problem?: string
  label?: string
  placeholder?: string
}

/** A formula: typed, or put together from the fields and signs it may use; underneath it is read back in words. */
export function FormulaInput({ id, value, onChange, names, problem, label, placeholder }: Props) {
  const { t } = useTranslation()
  const area = useRef<TextAreaRef>(null)
  const put = (word: string) => {
    const box = area.current?.resizableTextArea?.textArea
    const [from, to] = [box?.selectionStart ?? value.length, box?.selectionEnd ?? value.length]
    const next = inserted(value, from, to, word)
    onChange(next.text)
    requestAnimationFrame(() => {
      box?.focus()
      box?.setSelectionRange(next.cursor, next.cursor)
    })
  }
  const fields = names.map((one) => ({ key: one.name, label: `${one.label} · ${one.name}`, onClick: () => put(one.name) }))
  const functions = FUNCTIONS.map((one) => ({ key: one, label: one, onClick: () => put(one) }))
  const told = value && !problem ? readable(value, names) : ''
  return (
    <div className="formula">
      <Input.TextArea
        ref={area}
        id={id}
        className="input--code"
        autoSize={{ minRows: 1, maxRows: 6 }}
        status={problem ? 'error' : ''}
        aria-label={label}
        placeholder={placeholder ?? t('formula.placeholder')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="formula__tools">
        <Dropdown trigger={['click']} menu={{ items: fields, className: 'formula__menu' }}>
          <Button size="small" icon={<PlusOutlined />}>
            {t('formula.field')}
          </Button>
        </Dropdown>
        <Dropdown trigger={['click']} menu={{ items: functions, className: 'formula__menu' }}>
          <Button size="small" icon={<FunctionOutlined />}>
            {t('formula.function')}
          </Button>
        </Dropdown>
        {SIGNS.map((sign) => (
          <Button key={sign} size="small" type="text" onClick={() => put(sign)}>
            {sign}
          </Button>
        ))}
      </div>
      {problem ? (
        <p className="field__error" role="alert">
          {problem}
        </p>
      ) : (
        told !== value && told && <p className="soft">{told}</p>
      )}
    </div>
  )
}
