import { useMeta } from '@/api/queries'
import type { Description, Doc, Field } from '@/api/types'
import { currencyOf } from '@/shared/format'
import { Tag } from '@/shared/Tag'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { formatValue } from '../field/format'
import { isNumeric } from '../field/parse'
import { pathOf, readField } from '../field/path'
import { ReadValue } from '../field/ReadValue'

/** A row on a phone: who, where it stands, how much. */
export function CardRow({ description, columns, doc }: { description: Description; columns: Field[]; doc: Doc }) {
  const state = columns.find((field) => field.type === 'state')
  const money = columns.find((field) => field.type === 'money')
  const title = description.fields[description.title]
  // what is told by a number is known by who it is for; what has a name of its own by that
  const party = description.title === 'number' ? columns.find((field) => field.type === 'ref') : undefined
  const rest = columns.filter((field) => ![state, money, title, party].includes(field))
  const { resources } = useMeta()
  const text = (field: Field | undefined) => {
    if (!field) return ''
    const shown = formatValue(field, readField(doc, field), currencyOf(doc.currency))
    return field.names ? (resources[shown]?.label ?? shown) : shown
  }
  const told = (field: Field) => {
    if (field.type === 'bool') return readField(doc, field) ? field.label : ''
    return isNumeric(field) && text(field) ? `${field.label} ${text(field)}` : text(field)
  }
  const lead = text(party) || text(title) || doc._label
  return (
    <TabLink to={docUrl(description.key, doc.id)} className="card" data-testid="list-row">
      <b className="card__lead">
        {lead} {doc._mark && <Tag color="blue">{doc._mark}</Tag>}
      </b>
      {state && <ReadValue field={state} value={readField(doc, state)} plain />}
      <span className="card__sub">{[text(party) ? text(title) : '', ...rest.map(told)].filter(Boolean).slice(0, 3).join(' · ')}</span>
      {money && (
        <b className="num" key={pathOf(money)}>
          {text(money)}
        </b>
      )}
    </TabLink>
  )
}
