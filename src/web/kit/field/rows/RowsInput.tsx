import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Values } from '@/api/types'
import type { InputProps } from '../overlays'
import { ReadValue } from '../ReadValue'
import { FieldInput } from '../registry'
import './rows.css'

const rowsOf = (value: unknown): Values[] => (Array.isArray(value) ? (value as Values[]) : [])

function Head({ columns, open }: { columns: Field[]; open: boolean }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.name} className={`is-${column.type}`}>
            {column.label}
          </th>
        ))}
        {open && <th />}
      </tr>
    </thead>
  )
}

/** A short table kept within a document: costs, products, factors. On a phone each row is a card. */
export default function RowsInput({ field, value, onChange, id }: InputProps) {
  const { t } = useTranslation()
  const columns = field.columns ?? []
  const open = !field.readonly
  const keys = useRef<number[]>([])
  const rows = rowsOf(value)
  while (keys.current.length < rows.length) keys.current.push((keys.current.at(-1) ?? 0) + 1)
  const set = (at: number, name: string, next: unknown) => onChange(rows.map((row, i) => (i === at ? { ...row, [name]: next } : row)))
  const remove = (at: number) => {
    keys.current.splice(at, 1)
    onChange(rows.filter((_row, i) => i !== at))
  }
  return (
    <div className="rows" id={id}>
      {rows.length > 0 && (
        <table>
          <Head columns={columns} open={open} />
          <tbody>
            {rows.map((row, at) => (
              <tr key={keys.current[at]}>
                {columns.map((column) => (
                  <td key={column.name} data-label={column.label} className={`is-${column.type}`}>
                    {open ? (
                      <>
                        <label className="visually-hidden" htmlFor={`${id}.${at}.${column.name}`}>
                          {column.label}
                        </label>
                        <FieldInput
                          field={column}
                          id={`${id}.${at}.${column.name}`}
                          value={row[column.name]}
                          onChange={(next) => set(at, column.name, next)}
                        />
                      </>
                    ) : (
                      <ReadValue field={column} value={row[column.name]} />
                    )}
                  </td>
                ))}
                {open && (
                  <td className="rows__end">
                    <Button
                      type="text"
                      icon={<DeleteOutlined />}
                      aria-label={t('rows.remove', { number: at + 1 })}
                      onClick={() => remove(at)}
                    />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {!open && rows.length === 0 && <span className="soft">—</span>}
      {open && (
        <Button size="small" icon={<PlusOutlined />} data-testid={`add-${field.name}`} onClick={() => onChange([...rows, {}])}>
          {t('rows.add')}
        </Button>
      )}
    </div>
  )
}
