import { useTranslation } from 'react-i18next'
import type { InputProps } from '@/kit/field/overlays'
import { classes } from '@/shared/text'
import { vars } from '@/shared/vars'
import './flow.css'

type Point = [number, number]

interface Drawing {
  lanes: string[]
  nodes: { no: number; lane: number; kind: 'step' | 'decision' | 'end'; text: string }[]
  edges: { path: Point[]; label: '' | 'yes' | 'no'; at: Point; before: boolean }[]
}

/** The last stretch of a line, as an arrow head in the units of the drawing. */
const heading = (path: Point[]) => {
  const [from, to] = path.slice(-2) as [Point, Point]
  if (from[0] === to[0]) return to[1] > from[1] ? 'down' : 'up'
  return to[0] > from[0] ? 'right' : 'left'
}

/** A flow as the server laid it out: hundredths of a lane across, of a row down, so that it fits any width. */
export default function FlowDrawing({ id, value }: InputProps) {
  const { t } = useTranslation()
  const { lanes = [], nodes = [], edges = [] } = (value ?? {}) as Partial<Drawing>
  if (nodes.length === 0)
    return (
      <p className="soft" id={id}>
        {t('flow.none')}
      </p>
    )
  return (
    <figure className="flow" id={id} data-testid="flow" style={vars({ lanes: lanes.length, rows: nodes.length })}>
      <div className="flow__lanes">
        {lanes.map((lane) => (
          <b key={lane}>{lane}</b>
        ))}
      </div>
      <div className="flow__body">
        <svg viewBox={`0 0 ${lanes.length * 100} ${nodes.length * 100}`} preserveAspectRatio="none" aria-hidden="true">
          {edges.map(({ path }) => (
            <polyline key={path.join(' ')} points={path.join(' ')} />
          ))}
        </svg>
        {edges.map(({ path, label, at, before }) => (
          <div key={path.join(' ')}>
            <i className={`flow__head is-${heading(path)}`} style={vars({ x: path.at(-1)?.[0] ?? 0, y: path.at(-1)?.[1] ?? 0 })} />
            {label && (
              <span className={classes('flow__label', before && 'is-before')} style={vars({ x: at[0], y: at[1] })}>
                {t(label)}
              </span>
            )}
          </div>
        ))}
        <ol>
          {nodes.map((node, row) => (
            <li key={node.no} className={`is-${node.kind}`} style={vars({ x: node.lane * 100 + 12, y: row * 100 + 18 })}>
              <span>{node.text}</span>
            </li>
          ))}
        </ol>
      </div>
    </figure>
  )
}
