import { useTranslation } from 'react-i18next'
import { useMoney } from '@/shared/currency'
import { Tag } from '@/shared/Tag'
import type { Supposed } from './model'

/** What comes of it: of each stage how much, and when. */
export function Stages({ found }: { found: Supposed }) {
  const { t } = useTranslation()
  const { money } = useMoney()
  return (
    <ol className="suppose__stages" data-testid="suppose-stages">
      {found.supposed.stages.map((stage) => (
        <li key={stage.seq}>
          <b>
            {stage.seq} {stage.name}
          </b>
          {stage.paid && <Tag color="green">{t('suppose.paid')}</Tag>}
          <span className="num">{money(stage.amount)}</span>
          <span className="soft">{stage.due_date ?? t('order.notDue')}</span>
        </li>
      ))}
    </ol>
  )
}
