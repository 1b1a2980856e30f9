import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Doc, Field } from '@/api/types'
import { classes } from '@/shared/text'
import { isNumeric } from '../field/parse'
import { pathOf } from '../field/path'
import { ColumnEdge, type EdgeProps } from './ColumnEdge'
import type { Selected } from './ListPage'
import { type ListState, nextSort } from './model'

interface Props extends EdgeProps {
  columns: Field[]
  state: ListState
  set: (next: ListState) => void
  loaded: Doc[]
  selected: Selected
  setSelected: (next: Selected) => void
  defaultSort: string
}

export function HeadRow({ columns, state, set, loaded, selected, setSelected, defaultSort, ...edges }: Props) {
  const { t } = useTranslation()
  const all = loaded.length > 0 && loaded.every((doc) => selected.has(doc.id))
  const sort = state.sort || defaultSort
  return (
    <div className="rows__head" role="row">
      <div role="columnheader" className="rows__check">
        <Checkbox
          aria-label={t('list.selectAll')}
          checked={all}
          indeterminate={!all && selected.size > 0}
          onChange={() => setSelected(all ? new Map() : new Map(loaded.map((doc) => [doc.id, doc])))}
        />
      </div>
      {columns.map((field) => {
        const name = pathOf(field)
        const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'
        return (
          <div
            key={name}
            role="columnheader"
            aria-label={field.label}
            aria-sort={direction}
            className={classes(isNumeric(field) && 'num')}
            title={field.help || field.label}
          >
            {field.sort ? (
              <button type="button" onClick={() => set({ ...state, sort: nextSort(sort, name) })}>
                <span>{field.label}</span>
                {direction === 'ascending' ? <CaretUpOutlined /> : direction === 'descending' ? <CaretDownOutlined /> : null}
              </button>
            ) : (
              <span>{field.label}</span>
            )}
            <ColumnEdge field={field} {...edges} />
          </div>
        )
      })}
    </div>
  )
}
