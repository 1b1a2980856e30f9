import { ExclamationCircleFilled } from '@ant-design/icons'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'
import { useDesign } from './design'
import { type FlowNode, isManned, isSplit, nodeOf } from './drawing'
import { KindIcon } from './kinds'
import { tellNode } from './words'

function Facts({ node }: { node: FlowNode }) {
  const { t } = useTranslation()
  const hours = (node.deadline as { hours?: number } | undefined)?.hours
  return (
    <small>
      {node.kind === 'approve' && <span>{t(`designer.mode.${node.mode ?? 'all'}`)}</span>}
      {hours !== undefined && <span>{t('designer.hours', { count: hours })}</span>}
      {node.signature === true && <span>{t('designer.signed')}</span>}
    </small>
  )
}

/** What stands under the name: whom a simulation would ask, or whom the settings name. */
function Inside({ node }: { node: FlowNode }) {
  const { t } = useTranslation()
  const design = useDesign()
  const step = design.trial?.steps.find((one) => one.node === node.id)
  const asked = step?.who.map(({ label }) => label).join(' · ')
  return (
    <>
      <p title={step?.why}>{asked || tellNode(node, design) || t('designer.unset')}</p>
      {isManned(node) && <Facts node={node} />}
    </>
  )
}

/** A node of the drawing: pressed, it opens its settings. */
export function Card({ id }: NodeProps<Node>) {
  const { t } = useTranslation()
  const { drawing, selected, held, faults, trial, select } = useDesign()
  const node = nodeOf(drawing, id)
  if (!node) return null
  const wrong = faults.filter((fault) => fault.node === id)
  const small = isSplit(node) || node.kind === 'start' || node.kind === 'end'
  const look = classes(
    'fnode',
    `is-${node.kind}`,
    small && 'is-small',
    selected === id && 'is-selected',
    held === id && 'is-held',
    wrong.length > 0 && 'is-wrong',
    trial && (trial.nodes.includes(id) ? 'is-lit' : 'is-dim'),
  )
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      {node.kind === 'join' ? (
        <i className={look} />
      ) : (
        <button type="button" className={look} data-node={id} data-testid={`node-${node.kind}`} onClick={() => select(id)}>
          <b>
            <KindIcon kind={node.kind} /> <span>{node.name || t(`designer.kind.${node.kind}`)}</span>
          </b>
          {!small && <Inside node={node} />}
        </button>
      )}
      {wrong.length > 0 && (
        <Tooltip title={wrong.map(({ detail }) => detail).join(' ')}>
          <span className="fnode__fault" role="alert" aria-label={wrong.map(({ detail }) => detail).join(' ')}>
            <ExclamationCircleFilled />
          </span>
        </Tooltip>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  )
}
