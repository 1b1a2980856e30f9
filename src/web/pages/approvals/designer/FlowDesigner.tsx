import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { classes } from '@/shared/text'
import { usePhone } from '@/shared/useMedia'
import { isNew } from '@/workspace/route'
import { useTab } from '@/workspace/TabHost'
import { Canvas } from './Canvas'
import { DesignProvider } from './design'
import { nodeOf } from './drawing'
import { FlowTree } from './FlowTree'
import { layout } from './layout'
import { NodePanel } from './NodePanel'
import { Templates } from './Templates'
import { Tools } from './Tools'
import { TryPanel } from './TryPanel'
import { useBoardKeys } from './useBoardKeys'
import { useDesigner } from './useDesigner'
import { useTransfer } from './useTransfer'

function Board({ id, field, ...input }: InputProps) {
  const { t } = useTranslation()
  const here = useTab()
  const designer = useDesigner({ field, ...input })
  const { design, change } = designer
  const { drawing, faults, held, readonly, selected, select, trial } = design
  const plan = useMemo(() => layout(drawing), [drawing])
  const transfer = useTransfer(drawing, design.names, change)
  const [full, setFull] = useState(false)
  const [panel, setPanel] = useState<'try' | 'templates' | null>(null)
  const keys = useBoardKeys({ ...designer, ...design, letGo: () => designer.take(null), remove: designer.removeNode })
  const node = selected && panel !== 'try' ? nodeOf(drawing, selected) : undefined
  return (
    <DesignProvider value={design}>
      <section id={id} className={classes('fboard', full && 'is-full')} aria-label={field.label} data-testid="flow" onKeyDown={keys}>
        <Tools
          readonly={readonly}
          full={full}
          undo={designer.undo}
          redo={designer.redo}
          onFull={() => setFull(!full)}
          onTemplates={() => setPanel('templates')}
          onTry={() => setPanel('try')}
          onExport={() => transfer.save(designer.name || 'flow')}
          onImport={(file) => void transfer.load(file)}
        >
          {faults.length > 0 && <span className="fboard__faults">{t('designer.faults', { count: faults.length })}</span>}
          {held && <span className="fboard__held">{t('designer.holding', { name: nodeOf(drawing, held)?.name })}</span>}
        </Tools>
        <div className="fboard__canvas">
          <Canvas design={design} plan={plan} onTarget={designer.setTarget} onMove={designer.moveTo} />
          {node && (
            <NodePanel
              key={node.id}
              node={node}
              design={design}
              description={designer.description}
              change={change}
              onRemove={() => designer.removeNode(node.id)}
              onHold={() => designer.take(node.id)}
            />
          )}
          {panel === 'try' && (
            <TryPanel
              flow={isNew(here.id) ? null : here.id}
              resource={designer.resource}
              drawing={drawing}
              trial={trial}
              onTrial={designer.setTrial}
              onClose={() => {
                setPanel(null)
                designer.setTrial(null)
                select(null)
              }}
            />
          )}
        </div>
        {panel === 'templates' && (
          <Templates
            resource={designer.resource}
            onClose={() => setPanel(null)}
            onTake={(next) => {
              change(next)
              setPanel(null)
            }}
          />
        )}
      </section>
    </DesignProvider>
  )
}

function Read(input: InputProps) {
  const { t } = useTranslation()
  const { design } = useDesigner(input)
  return (
    <div id={input.id} data-testid="flow">
      <p className="soft">{t('designer.onPhone')}</p>
      <FlowTree drawing={design.drawing} names={design.names} fieldLabel={design.fieldLabel} formulaNames={design.formulaNames} />
    </div>
  )
}

/** How something is decided, drawn: cards from the top down, a plus on every line, settings at the side; read only on a phone. */
export default function FlowDesigner(props: InputProps) {
  return usePhone() ? <Read {...props} /> : <Board {...props} />
}
