import { Checkbox } from 'antd'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Description, Doc, Field } from '@/api/types'
import { InCurrency } from '@/shared/currency'
import { currencyOf } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { classes } from '@/shared/text'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { formatValue } from '../field/format'
import { isNumeric } from '../field/parse'
import { pathOf, readField } from '../field/path'
import { ReadValue } from '../field/ReadValue'

interface Props {
  description: Description
  columns: Field[]
  doc: Doc
  chosen: boolean
  onChoose: () => void
}

export const ListRow = memo(
  function ListRow({ description, columns, doc, chosen, onChoose }: Props) {
    const { t } = useTranslation()
    const lead = columns.some((field) => field.name === description.title) ? description.title : columns[0]?.name
    return (
      <InCurrency value={doc.currency}>
        <div className={classes('row', chosen && 'is-chosen')} data-testid="list-row">
          <div role="cell" className="rows__check">
            <Checkbox checked={chosen} onChange={onChoose} aria-label={t('list.select', { name: doc._label })} />
          </div>
          {columns.map((field) => {
            const value = readField(doc, field)
            return (
              <div key={pathOf(field)} role="cell" className={classes('row__cell', isNumeric(field) && 'num')}>
                {field.name === lead ? (
                  <>
                    <TabLink to={docUrl(description.key, doc.id)}>
                      {formatValue(field, value, currencyOf(doc.currency)) || doc._label}
                    </TabLink>{' '}
                    {doc._mark && <Tag color="blue">{doc._mark}</Tag>}
                  </>
                ) : (
                  <ReadValue field={field} value={value} plain />
                )}
              </div>
            )
          })}
        </div>
      </InCurrency>
    )
  },
  (a, b) => a.doc === b.doc && a.chosen === b.chosen && a.columns === b.columns && a.description === b.description,
)
