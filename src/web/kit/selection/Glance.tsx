import { useTranslation } from 'react-i18next'
import { formatMoney } from '@/shared/format'
import { classes } from '@/shared/text'
import type { Answer } from './model'

/** What comes of the choices in one line, where the summary stands below them; it leads there. */
export function Glance({ answer, open }: { answer: Answer; open: () => void }) {
  const { t } = useTranslation()
  return (
    <button type="button" className={classes('glance', `is-${answer.state}`)} onClick={open} data-testid="glance">
      <code>{answer.code || '—'}</code>
      <span>
        <b className="num">{formatMoney(answer.price.list)}</b> · {t('selection.days', { n: answer.lead_days })} ·{' '}
        {answer.state === 'editing' ? t('selection.missing', { n: answer.missing.length }) : t(`selection.state.${answer.state}`)}
      </span>
    </button>
  )
}
