import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { listUrl } from '../route'
import { openTab } from '../tabs'

const PAGE = 'page.subscription'

interface Props {
  /** What the plan stops or does not hold; nothing is shown without it. */
  detail: string | undefined
  name: string
  banner?: boolean
}

/** Where a plan ends, and the way to a larger one for those who can choose it. */
export function PlanEnds({ detail, name, banner = false }: Props) {
  const { t } = useTranslation()
  const { menu } = useMeta()
  const mine = menu.some((group) => group.items.some((item) => item.key === PAGE))
  if (!detail) return null
  return (
    <Alert
      banner={banner}
      showIcon
      type={banner ? 'warning' : 'info'}
      data-testid={`limit-${name}`}
      title={detail}
      action={
        mine && (
          <Button size="small" onClick={() => openTab(listUrl(PAGE))}>
            {t('page.subscription')}
          </Button>
        )
      }
    />
  )
}
