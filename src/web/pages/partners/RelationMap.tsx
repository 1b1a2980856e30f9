import { type Edge, Handle, type Node, type NodeProps, type NodeTypes, Position } from '@xyflow/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '@/api/types'
import { Drawing, SheetOfPaper } from '@/kit/drawing/Drawing'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import { docUrl } from '@/workspace/route'
import { TabLink } from '@/workspace/TabLink'
import { HEIGHT, type Person, places } from './relations'
import './relations.css'

function Face({ data }: NodeProps) {
  const { t } = useTranslation()
  const person = data.person as Person
  return (
    <div className={classes('person', person.stand && `is-${person.stand}`)} data-testid="person">
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <b>
        <TabLink to={docUrl('partners.contact', person.id)}>{person.name}</TabLink>
      </b>
      <span className="soft">{[person.job, person.part && t(`partner.map.${person.part}`)].filter(Boolean).join(' · ')}</span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}

const nodeTypes: NodeTypes = { person: Face }
const keyOf = (ref: { id: Id } | null | undefined) => (ref ? String(ref.id) : '')

/** Who reports to whom (drawn through) and who has whose ear (dashed); the colour tells who is for us. */
export default function RelationMap({ people }: { people: Person[] }) {
  const { t } = useTranslation()
  const nodes = useMemo(() => {
    const at = places(people)
    return people.map(
      (person): Node => ({
        id: String(person.id),
        type: 'person',
        position: at.get(String(person.id)) ?? { x: 0, y: 0 },
        data: { person },
        draggable: false,
      }),
    )
  }, [people])
  const deep = Math.max(...nodes.map((node) => node.position.y), 0) + HEIGHT
  const known = new Set(nodes.map((node) => node.id))
  const edges = people.flatMap((person): Edge[] => {
    const me = String(person.id)
    const [above, ear] = [keyOf(person.reports_to), keyOf(person.influences)]
    return [
      ...(known.has(above) ? [{ id: `r${me}`, source: above, target: me, type: 'smoothstep', focusable: false }] : []),
      ...(known.has(ear) ? [{ id: `i${me}`, source: me, target: ear, type: 'straight', className: 'is-ear', focusable: false }] : []),
    ]
  })
  return (
    <figure className="relations" style={vars({ deep: `${deep}px` })} aria-label={t('partner.map.title')}>
      <SheetOfPaper>
        <Drawing nodes={nodes} edges={edges} nodeTypes={nodeTypes} fitView fitViewOptions={{ padding: 0.1, maxZoom: 1 }} />
      </SheetOfPaper>
    </figure>
  )
}
