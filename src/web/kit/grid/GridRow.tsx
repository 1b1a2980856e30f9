import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field, Line } from '@/api/types'
import { classes } from '@/shared/text'
import { type Computed, type LineEdit, shownCell, shownLine } from '../document/model'
import { editText, formatValue } from '../field/format'
import { isNumeric, isRaw } from '../field/parse'
import { pathOf } from '../field/path'
import { CellEditor } from './CellEditor'
import type { About } from './useAbout'
import type { Grid } from './useGrid'

export interface RowProps {
  row: LineEdit
  r: number
  columns: Field[]
  stored: Line | undefined
  computed: Computed['lines'][string] | undefined
  errors: Record<string, string> | undefined
  /** The active column, or -1; the selected columns, or -1 when this row has no part in the selection. */
  active: number
  left: number
  right: number
  editing: string | null
  grid: Pick<Grid, 'setEditing' | 'commit' | 'cancel'>
  context: (row: LineEdit, name: string) => unknown
  id: string
  /** What is known besides about the active cell. */
  about: About | null
}

export const GridRow = memo(function GridRow(props: RowProps) {
  const { t } = useTranslation()
  const { row, r, columns, stored, computed, errors, active, left, right, editing, grid, context, id, about } = props
  return (
    <div className="grid__row" role="row" aria-rowindex={r + 2}>
      <div className="grid__cell grid__index" role="rowheader" data-r={r}>
        {r + 1}
      </div>
      {columns.map((column, c) => {
        const { value, pending } = shownCell(column, row, stored, computed)
        const error = errors?.[pathOf(column)]
        const here = c === active
        return (
          <div
            key={column.name}
            id={here ? `${id}-active` : undefined}
            role="gridcell"
            aria-selected={c >= left && c <= right}
            aria-invalid={!!error || isRaw(value)}
            title={error ?? (isRaw(value) ? t('field.unread') : undefined)}
            data-r={r}
            data-c={c}
            className={classes(
              'grid__cell',
              isNumeric(column) && 'num',
              column.readonly && 'is-computed',
              pending && 'is-pending',
              here ? 'is-active' : c >= left && c <= right && 'is-selected',
              (error || isRaw(value)) && 'is-wrong',
            )}
          >
            {here && about?.show(() => shownLine(columns, row, stored, computed))}
            {formatValue(column, value)}
            {here && editing !== null && (
              <CellEditor
                column={column}
                before={editText(column, value)}
                text={editing}
                onText={grid.setEditing}
                onCommit={grid.commit}
                onCancel={grid.cancel}
                context={(name) => context(row, name)}
              />
            )}
          </div>
        )
      })}
    </div>
  )
})
