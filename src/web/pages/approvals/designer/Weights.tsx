import { InputNumber } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from './design'
import type { FlowNode } from './drawing'

interface Props {
  node: FlowNode
  names: Names
  set: (settings: Partial<FlowNode>) => void
}

const MOST = 100

/** How much each named person's vote counts where a share decides; one, unless something else is said. */
export function Weights({ node, names, set }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const people = (node.who ?? []).flatMap(({ source, members }) =>
    source === 'person' && Array.isArray(members) ? (members as number[]) : [],
  )
  if (node.mode !== 'ratio' || people.length === 0) return null
  const weights = (node.weights ?? {}) as Record<string, number>
  const weigh = (member: number, weight: number | null) => {
    const { [member]: _before, ...rest } = weights
    const next = weight === null || weight === 1 ? rest : { ...rest, [member]: weight }
    set({ weights: Object.keys(next).length ? next : undefined })
  }
  return (
    <section>
      <h3>{t('designer.weights')}</h3>
      <ul className="weights">
        {people.map((member) => (
          <li key={member}>
            <label htmlFor={`${id}${member}`}>{names('organization.member', member)}</label>
            <InputNumber
              id={`${id}${member}`}
              size="small"
              min={1}
              max={MOST}
              precision={0}
              value={weights[member] ?? 1}
              onChange={(weight) => weigh(member, weight)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
