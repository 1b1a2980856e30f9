import { useTranslation } from 'react-i18next'
import { classes } from '@/shared/text'
import type { Stage } from '../model'

/** Where one stage fills the screen: all the others, to let a carried card down on. */
export function StageRail({ stages, at, over }: { stages: Stage[]; at: string; over: string | null }) {
  const { t } = useTranslation()
  return (
    <div className="stagerail" data-testid="stage-rail">
      <p>{t('crm.letGo')}</p>
      {stages.map((stage) => {
        const id = String(stage.id)
        return (
          <div key={id} className={classes('stagerail__stage', id === at && 'is-here', id === over && 'is-over')} data-stage={id}>
            {stage.name}
          </div>
        )
      })}
    </div>
  )
}
