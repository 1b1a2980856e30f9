import { useTranslation } from 'react-i18next'
import type { FormulaName } from '@/kit/formula/model'
import { readable } from '@/kit/formula/model'
import { classes } from '@/shared/text'
import type { Names } from './design'
import { type Drawing, isDecided, leaving, meeting, nodeOf } from './drawing'
import { KindIcon } from './kinds'
import { tellNode } from './words'
import './tree.css'

interface Props {
  drawing: Drawing
  small?: boolean
  names?: Names
  fieldLabel?: (name: string) => string
  formulaNames?: FormulaName[]
}

/** The run of nodes from one to where its branches meet, as they are met. */
function run(drawing: Drawing, from: string, until: string | undefined): string[] {
  const found: string[] = []
  for (let id: string | undefined = from; id && id !== until && !found.includes(id); ) {
    found.push(id)
    const ways = leaving(drawing, id)
    id = ways.length > 1 ? meeting(drawing, id) : ways[0]?.to
  }
  return found
}

function Run({ from, until, ...props }: Props & { from: string; until?: string }) {
  const { t } = useTranslation()
  const { drawing, small = false, names = () => '', fieldLabel = (name) => name, formulaNames = [] } = props
  return (
    <ol className={classes('ftree', small && 'is-tiny')}>
      {run(drawing, from, until).map((id) => {
        const node = nodeOf(drawing, id)
        const ways = leaving(drawing, id)
        if (!node || node.kind === 'join') return null
        const decided = isDecided(node)
        return (
          <li key={id} className={`is-${node.kind}`}>
            <div className="ftree__node">
              <KindIcon kind={node.kind} />
              <span>
                <b>{node.name || t(`designer.kind.${node.kind}`)}</b>
                {!small && <small className="soft">{tellNode(node, { names, fieldLabel })}</small>}
              </span>
            </div>
            {ways.length > 1 && (
              <ul>
                {ways.map((edge) => (
                  <li key={edge.to}>
                    {decided && <em>{edge.when ? readable(edge.when, formulaNames) : t('designer.otherwise')}</em>}
                    <Run {...props} from={edge.to} until={meeting(drawing, id)} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** A flow read from the top down, for a narrow screen. */
export function FlowTree(props: Props) {
  const start = props.drawing.nodes.find((node) => node.kind === 'start')
  return start ? <Run {...props} from={start.id} /> : null
}
