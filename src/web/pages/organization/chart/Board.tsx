import { type Edge, type Node, type NodeTypes, useReactFlow } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import type { Id } from '@/api/types'
import { Drawing, SheetOfPaper } from '@/kit/drawing/Drawing'
import { Card, type Hand, HandContext } from './Card'
import type { Item } from './model'
import { CARD, isBelow, layout } from './tree'

const nodeTypes: NodeTypes = { card: Card }
const FIT = { padding: 0.08, maxZoom: 1 }

interface Props {
  items: Item[]
  hand: Omit<Hand, 'target'>
  onDrop: (item: Item, above: Item) => void
}

function Chart({ items, hand, onDrop }: Props) {
  const { fitView, getIntersectingNodes } = useReactFlow()
  const [held, setHeld] = useState<{ id: string; x: number; y: number } | null>(null)
  const [target, setTarget] = useState<Id | null>(null)
  const places = useMemo(() => layout(items), [items])
  const byId = useMemo(() => new Map(items.map((item) => [String(item.id), item])), [items])
  const count = items.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drawing with more or fewer cards is shown as a whole
  useEffect(() => {
    const frame = requestAnimationFrame(() => void fitView(FIT))
    return () => cancelAnimationFrame(frame)
  }, [count, fitView])
  const nodes = items.map((item): Node => {
    const id = String(item.id)
    const position = held?.id === id ? held : (places.get(item.id) ?? { x: 0, y: 0 })
    return { id, type: 'card', position, ...CARD, draggable: hand.canMove, data: { item } }
  })
  const edges = items.flatMap((item): Edge[] =>
    item.above !== null && byId.has(String(item.above))
      ? [{ id: `${item.above} ${item.id}`, source: String(item.above), target: String(item.id), type: 'smoothstep', focusable: false }]
      : [],
  )
  const below = (node: Node): Item | undefined => {
    const item = byId.get(node.id)
    return getIntersectingNodes(node)
      .map((one) => byId.get(one.id))
      .find((one) => one && item && one.id !== item.above && !isBelow(items, one.id, item.id))
  }
  return (
    <HandContext.Provider value={{ ...hand, target }}>
      <Drawing
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={FIT}
        onNodeDrag={(_event, node) => {
          setHeld({ id: node.id, ...node.position })
          setTarget(below(node)?.id ?? null)
        }}
        onNodeDragStop={(_event, node) => {
          const [item, above] = [byId.get(node.id), below(node)]
          setHeld(null)
          setTarget(null)
          if (item && above) onDrop(item, above)
        }}
      />
    </HandContext.Provider>
  )
}

/** The organisation drawn: a card dragged onto another one comes to stand below it. */
export default function Board(props: Props) {
  return (
    <SheetOfPaper>
      <Chart {...props} />
    </SheetOfPaper>
  )
}
