import { type Node, type NodeTypes, useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import { Drawing, SheetOfPaper } from '@/kit/drawing/Drawing'
import { Card } from './Card'
import type { Design } from './design'
import { canMove, type Edge, edgeKey, isSplit, nodeOf } from './drawing'
import { Line } from './Line'
import { CARD, type Layout } from './layout'
import './designer.css'

const nodeTypes: NodeTypes = { card: Card }
const edgeTypes = { line: Line }
/** How near a dragged node has to come to a line to be set down there. */
const NEAR = 90
const LEAST = 0.6
const TOP = 28
const MARGIN = 40

interface Props {
  design: Design
  plan: Layout
  onTarget: (edge: string | null) => void
  onMove: (id: string, edge: Edge) => void
}

/** The line whose plus sign is nearest to where a node is held. */
function nearest({ ways }: Layout, { position, id }: Node, design: Design): Edge | null {
  const [x, y] = [position.x + CARD.width / 2, position.y + CARD.height / 2]
  const found = ways
    .filter(({ edge }) => canMove(design.drawing, id, edge))
    .map(({ edge, plus }) => ({ edge, far: Math.hypot(plus.x - x, plus.y - y) }))
    .sort((one, other) => one.far - other.far)[0]
  return found && found.far < NEAR ? found.edge : null
}

function Board({ design, plan, onTarget, onMove }: Props) {
  const { drawing, readonly } = design
  const { setViewport } = useReactFlow()
  const [dragged, setDragged] = useState<{ id: string; x: number; y: number } | null>(null)
  const across = useStore((state) => state.width)
  // the whole breadth is shown as far as it can be read, from the top; what is below is scrolled to
  useEffect(() => {
    if (!across) return
    const zoom = Math.max(LEAST, Math.min(1, across / (plan.width + 2 * MARGIN)))
    void setViewport({ x: (across - plan.width * zoom) / 2, y: TOP, zoom })
  }, [across, plan.width, setViewport])
  const nodes = useMemo(
    () =>
      [...plan.boxes].map(([id, { x, y, width, height }]): Node => {
        const node = nodeOf(drawing, id)
        const draggable = !readonly && !isSplit(node) && !['start', 'end', 'join'].includes(node?.kind ?? '')
        return { id, type: 'card', position: dragged?.id === id ? dragged : { x, y }, width, height, draggable, data: {} }
      }),
    [plan, drawing, readonly, dragged],
  )
  const edges = useMemo(
    () => plan.ways.map((way) => ({ id: edgeKey(way.edge), source: way.edge.from, target: way.edge.to, type: 'line', data: { way } })),
    [plan],
  )
  return (
    <Drawing
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      panOnScroll
      onPaneClick={() => design.select(null)}
      onNodeDrag={(_event, node) => {
        setDragged({ id: node.id, ...node.position })
        const edge = nearest(plan, node, design)
        onTarget(edge && edgeKey(edge))
      }}
      onNodeDragStop={(_event, node) => {
        const edge = nearest(plan, node, design)
        setDragged(null)
        onTarget(null)
        if (edge) onMove(node.id, edge)
      }}
    />
  )
}

/** The drawing on an endless sheet. */
export const Canvas = (props: Props) => (
  <SheetOfPaper>
    <Board {...props} />
  </SheetOfPaper>
)
