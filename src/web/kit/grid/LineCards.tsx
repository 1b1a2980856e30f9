import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Drawer } from 'antd'
import { Fragment, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Values } from '@/api/types'
import { useCurrency } from '@/shared/currency'
import { classes } from '@/shared/text'
import { type LineEdit, newLine, shownCell, shownLine } from '../document/model'
import { FieldBox } from '../field/FieldBox'
import { formatValue } from '../field/format'
import { isNumeric } from '../field/parse'
import { pathOf } from '../field/path'
import { FieldInput } from '../field/registry'
import { useCursorShared } from './cursor'
import { LineTotals } from './GridBar'
import { hintFor } from './hints'
import type { LinesProps } from './LineGrid'
import { removed, shifted } from './model'
import { useResolve } from './useResolve'

const stay = () => undefined
const only = (r: number) => ({ top: r, bottom: r, left: 0, right: 0 })

function Besides({ path, line, header }: { path: string; line: () => Values; header: LinesProps['header'] }) {
  const Hint = hintFor(path)
  return Hint ? (
    <div className="cellhint is-inline">
      <Hint line={line()} header={header} />
    </div>
  ) : null
}

/** The line grid on a phone: a card a line, edited in a sheet from below. */
export function LineCards(props: LinesProps) {
  const { path, section, rows, stored, computed, errors, locked, change, header } = props
  const { t } = useTranslation()
  const id = useId()
  const currency = useCurrency()
  const [open, setOpen] = useState<string | null>(null)
  const columns = section.columns.flatMap((name) => section.fields[name] ?? [])
  useResolve(rows, columns, change, header)
  const cell = (row: LineEdit, field: Field) => shownCell(field, row, row.id === undefined ? undefined : stored.get(row.id), computed)
  const text = (row: LineEdit, field: Field | undefined) => (field ? formatValue(field, cell(row, field).value, currency) : '')
  const at = rows.findIndex((row) => row._k === open)
  const row = rows[at]
  useCursorShared(rows, at, stay) // a card that is opened covers the screen: none opens by itself
  const lead = columns.find((field) => !isNumeric(field))
  const amount =
    columns.find((field) => field.type === 'money' && section.totals?.includes(field.name)) ??
    columns.findLast((field) => field.type === 'money')
  const rest = columns.filter((field) => field !== lead && field !== amount)
  const write = (field: Field, value: unknown) =>
    change((known) => known.map((one) => (one._k === open ? { ...one, [pathOf(field)]: value } : one)))
  const add = () => {
    const fresh = newLine()
    change((known) => [...known, fresh])
    setOpen(fresh._k)
  }
  return (
    <div className="lines" data-testid="linegrid">
      {rows.map((one, r) => (
        <button type="button" key={one._k} className={classes('linecard', errors[one._k] && 'is-wrong')} onClick={() => setOpen(one._k)}>
          <b>
            {r + 1}. {text(one, lead) || t('lines.empty')}
          </b>
          <b className="num">{text(one, amount)}</b>
          <span>
            {rest
              .map((field) => [field.label, text(one, field)])
              .filter(([, value]) => value)
              .map((pair) => pair.join(' '))
              .join(' · ')}
          </span>
          {errors[one._k] && <em>{Object.values(errors[one._k] ?? {})[0]}</em>}
        </button>
      ))}
      {!locked && (
        <Button block type="dashed" icon={<PlusOutlined />} data-testid="line-add" onClick={add}>
          {t('lines.add')}
        </Button>
      )}
      <div className="lines__bar">
        <LineTotals {...props} />
      </div>
      <Drawer
        open={!!row}
        onClose={() => setOpen(null)}
        placement="bottom"
        size="82%"
        title={t('lines.one', { number: at + 1 })}
        extra={
          !locked && (
            <span className="lines__tools">
              <Button
                type="text"
                aria-label={t('lines.up')}
                icon={<ArrowUpOutlined />}
                onClick={() => change((known) => shifted(known, only(at), -1))}
              />
              <Button
                type="text"
                aria-label={t('lines.down')}
                icon={<ArrowDownOutlined />}
                onClick={() => change((known) => shifted(known, only(at), 1))}
              />
              <Button
                type="text"
                danger
                aria-label={t('lines.remove')}
                icon={<DeleteOutlined />}
                onClick={() => {
                  change((known) => removed(known, only(at)))
                  setOpen(null)
                }}
              />
            </span>
          )
        }
      >
        <div className="fields">
          {row &&
            columns.map((field) => (
              <Fragment key={field.name}>
                <FieldBox field={field} id={`${id}${field.name}`} error={errors[row._k]?.[pathOf(field)]}>
                  {field.readonly || locked ? (
                    <div className="field__value">{text(row, field) || '—'}</div>
                  ) : (
                    <FieldInput
                      field={field}
                      id={`${id}${field.name}`}
                      value={cell(row, field).value}
                      invalid={!!errors[row._k]?.[pathOf(field)]}
                      onChange={(value) => write(field, value)}
                      context={(name) => (name in row ? row[name] : header(name))}
                    />
                  )}
                </FieldBox>
                <Besides
                  path={`${path}.${field.name}`}
                  line={() => shownLine(columns, row, row.id === undefined ? undefined : stored.get(row.id), computed)}
                  header={header}
                />
              </Fragment>
            ))}
        </div>
      </Drawer>
    </div>
  )
}
