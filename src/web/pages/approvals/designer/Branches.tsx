import { ArrowUpOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { FormulaInput } from '@/kit/formula/FormulaInput'
import type { FormulaName } from '@/kit/formula/model'
import { asked, type Drawing, earlier, edgeKey, type FlowNode, leaving, nodeOf } from './drawing'

interface Props {
  node: FlowNode
  drawing: Drawing
  change: (drawing: Drawing) => void
  branch: (split: string) => void
  names: FormulaName[]
  problem: (edge: string) => string | undefined
}

/** What each branch asks, in the order in which they are tried; the last is taken otherwise. */
export function Branches({ node, drawing, change, branch, names, problem }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const ways = leaving(drawing, node.id)
  return (
    <section>
      <h3>{t('designer.branches')}</h3>
      <p className="soft">{t(node.kind === 'condition' ? 'designer.firstTrue' : 'designer.everyTrue')}</p>
      <ol className="branches">
        {ways.map((edge, at) => (
          <li key={edgeKey(edge)}>
            <header>
              <label htmlFor={`${id}${at}`}>{t('designer.to', { name: nodeOf(drawing, edge.to)?.name })}</label>
              {edge.when !== undefined && at > 0 && (
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('designer.earlier')}
                  onClick={() => change(earlier(drawing, edge))}
                />
              )}
            </header>
            {edge.when === undefined ? (
              <p className="soft">{t('designer.otherwise')}</p>
            ) : (
              <FormulaInput
                id={`${id}${at}`}
                value={edge.when}
                names={names}
                problem={problem(edgeKey(edge))}
                onChange={(when) => change(asked(drawing, edge, when))}
              />
            )}
          </li>
        ))}
      </ol>
      <Button size="small" icon={<PlusOutlined />} onClick={() => branch(node.id)}>
        {t('designer.addBranch')}
      </Button>
    </section>
  )
}
