import { ArrowDownOutlined, CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { BaseEdge, type Edge as CanvasEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { readable } from '@/kit/formula/model'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { useDesign } from './design'
import { canMove, type Edge, edgeKey, isDecided, isSplit, leaving, nodeOf, OTHERS, SPLITS, STEPS } from './drawing'
import { KindIcon } from './kinds'
import type { Way } from './layout'

/** What may be put on a line, in the order in which it is wanted. */
function Plus({ edge }: { edge: Edge }) {
  const { t } = useTranslation()
  const { drawing, held, target, insert, setDown } = useDesign()
  if (held) {
    if (!canMove(drawing, held, edge)) return null
    return (
      <Button
        size="small"
        type="primary"
        shape="circle"
        icon={<ArrowDownOutlined />}
        aria-label={t('designer.here')}
        onClick={() => setDown(edge)}
      />
    )
  }
  const group = (label: string, kinds: readonly (typeof STEPS | typeof SPLITS | typeof OTHERS)[number][]) => ({
    key: label,
    type: 'group' as const,
    label: t(`designer.group.${label}`),
    children: kinds.map((kind) => ({
      key: kind,
      icon: <KindIcon kind={kind} />,
      label: <span data-testid={`insert-${kind}`}>{t(`designer.kind.${kind}`)}</span>,
      onClick: () => insert(edge, kind),
    })),
  })
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items: [group('people', STEPS), group('branches', SPLITS), group('more', OTHERS)], className: 'fplus__menu' }}
    >
      <Button
        size="small"
        shape="circle"
        className={classes(target === edgeKey(edge) && 'is-target')}
        icon={<PlusOutlined />}
        aria-label={t('designer.insertAfter', { name: nodeOf(drawing, edge.from)?.name })}
        data-testid="insert"
      />
    </Dropdown>
  )
}

/** What a branch asks, or that it is taken when no other is. */
function Asked({ edge }: { edge: Edge }) {
  const { t } = useTranslation()
  const { drawing, faults, readonly, formulaNames, select, cut } = useDesign()
  const text = edge.when === undefined ? t('designer.otherwise') : readable(edge.when, formulaNames) || t('designer.noCondition')
  const wrong = faults.find((fault) => fault.edge === edgeKey(edge))
  const decided = isDecided(nodeOf(drawing, edge.from))
  return (
    <>
      {decided && (
        <button
          type="button"
          title={wrong?.detail ?? text}
          className={classes(edge.when === '' && 'is-empty', wrong && 'is-wrong')}
          onClick={() => select(edge.from)}
        >
          {text}
        </button>
      )}
      {!readonly && (!decided || edge.when !== undefined) && leaving(drawing, edge.from).length > 1 && (
        <button type="button" className="fline__cut" aria-label={t('designer.cut')} title={t('designer.cut')} onClick={() => cut(edge)}>
          <CloseOutlined />
        </button>
      )}
    </>
  )
}

/** A way from node to node, with what can be put on it. */
export function Line({ data }: EdgeProps<CanvasEdge<{ way: Way }>>) {
  const { drawing, readonly, trial } = useDesign()
  if (!data) return null
  const { edge, path, plus, label } = data.way
  const lit = trial?.edges.some(([from, to]) => from === edge.from && to === edge.to)
  return (
    <>
      <BaseEdge path={path} className={classes(trial && (lit ? 'is-lit' : 'is-dim'))} />
      <EdgeLabelRenderer>
        {label && isSplit(nodeOf(drawing, edge.from)) && (
          <span className="fline__when nodrag nopan" style={vars({ x: label.x, y: label.y })}>
            <Asked edge={edge} />
          </span>
        )}
        {!readonly && (
          <span className="fline__plus nodrag nopan" style={vars({ x: plus.x, y: plus.y })}>
            <Plus edge={edge} />
          </span>
        )}
      </EdgeLabelRenderer>
    </>
  )
}
