import { DeleteOutlined, DragOutlined } from '@ant-design/icons'
import { Alert, AutoComplete, Button, Drawer, Input } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Description, Field } from '@/api/types'
import { FieldBox } from '@/kit/field/FieldBox'
import { FieldInput } from '@/kit/field/registry'
import { Assignments } from './Assignments'
import { Branches } from './Branches'
import type { Design } from './design'
import { changed, type Drawing, type FlowNode, isDecided, isManned, isSplit } from './drawing'
import { groupsOf, read, written } from './settings'
import { Weights } from './Weights'
import { WhoEditor } from './WhoEditor'

interface Props {
  node: FlowNode
  design: Design
  description: Description | undefined
  change: (drawing: Drawing) => void
  onRemove: () => void
  onHold: () => void
}

const fieldsOf = (description: Description | undefined) => Object.values(description?.fields ?? {})

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** What a node does and whom it asks; every change is at once in the drawing and can be undone. */
export function NodePanel({ node, design, description, change, onRemove, onHold }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { drawing, faults, readonly, formulaNames, editable, hideable } = design
  const mine = faults.filter((fault) => fault.node === node.id)
  const problem = (path: string) => mine.find((fault) => fault.path === path)?.detail
  const loose = mine.filter((fault) => !fault.path)
  const set = (settings: Partial<FlowNode>) => change(changed(drawing, node.id, settings))
  const places = drawing.nodes.filter(isManned).map((one) => ({ value: one.id, label: one.name }))
  const options = editable.map(({ name, label }) => ({ value: name, label }))
  const hidden = hideable.map(({ name, label }) => ({ value: name, label }))
  const single = editable.filter(({ type }) => type !== 'lines').map(({ name, label }) => ({ value: name, label }))
  const input = (field: Field) => (
    <FieldBox key={field.name} field={field} id={`${id}${field.name}`} error={problem(field.name)} wide>
      <FieldInput
        field={field}
        id={`${id}${field.name}`}
        value={read(node, field.name)}
        invalid={!!problem(field.name)}
        onChange={(value) => set(written(node, field.name, value))}
      />
    </FieldBox>
  )
  const fixed = ['start', 'end', 'join'].includes(node.kind)
  return (
    <Drawer
      open
      mask={false}
      getContainer={false}
      rootClassName="fboard__drawer"
      size={420}
      title={t(`designer.kind.${node.kind}`)}
      onClose={() => design.select(null)}
      data-testid="node-panel"
      extra={
        !readonly &&
        !fixed && (
          <>
            {!isSplit(node) && (
              <Button type="text" icon={<DragOutlined />} aria-label={t('designer.move')} title={t('designer.move')} onClick={onHold} />
            )}
            <Button
              type="text"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('designer.remove')}
              title={t('designer.remove')}
              onClick={onRemove}
            />
          </>
        )
      }
    >
      <fieldset className="npanel" disabled={readonly}>
        {loose.map(({ detail }) => (
          <Alert key={detail} type="error" showIcon title={detail} />
        ))}
        <FieldBox field={{ name: 'name', label: t('designer.name'), type: 'text' }} id={`${id}name`}>
          <Input id={`${id}name`} maxLength={60} value={node.name} onChange={(event) => set({ name: event.target.value })} />
        </FieldBox>
        {isManned(node) && (
          <Part title={t(`designer.section.who_${node.kind}`)}>
            {problem('who') && <p className="field__error">{problem('who')}</p>}
            <WhoEditor
              value={node.who ?? []}
              onChange={(who) => set({ who })}
              names={design.names}
              formulaNames={formulaNames}
              fields={fieldsOf(description)}
              problem={problem}
            />
          </Part>
        )}
        {isDecided(node) && (
          <Branches
            node={node}
            drawing={drawing}
            change={change}
            branch={design.branch}
            names={formulaNames}
            problem={(edge) => faults.find((fault) => fault.edge === edge)?.detail}
          />
        )}
        {node.kind === 'set' && (
          <Part title={t('designer.section.set')}>
            <Assignments
              value={(node.values ?? {}) as Record<string, string>}
              onChange={(values) => set({ values })}
              fields={single}
              names={formulaNames}
              problem={problem}
            />
          </Part>
        )}
        {node.kind === 'wait' && (
          <FieldBox
            field={{ name: 'event', label: t('designer.set.event'), type: 'text', help: t('designer.help.event') }}
            id={`${id}event`}
            error={problem('event')}
          >
            <AutoComplete
              id={`${id}event`}
              value={String(node.event ?? '')}
              options={Object.values(description?.actions ?? {}).map((action) => ({
                value: `${description?.key}.${action.verb}`,
                label: action.label,
              }))}
              onChange={(event) => set({ event })}
            />
          </FieldBox>
        )}
        <Weights node={node} names={design.names} set={set} />
        {groupsOf(node, options, hidden, places).map((group) => (
          <Part key={group.title} title={group.title}>
            {group.fields.map(input)}
          </Part>
        ))}
      </fieldset>
    </Drawer>
  )
}
