import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { listUrl } from '../route'
import { openTab } from '../tabs'

const PAGE = 'page.subscription'

/** What the plan will soon stop; its administrator finds the way on beside it. */
export function Limits() {
  const { t } = useTranslation()
  const { limits, menu } = useMeta()
  const mine = menu.some((group) => group.items.some((item) => item.key === PAGE))
  return (limits ?? []).map((limit) => (
    <Alert
      key={limit.name}
      banner
      type="warning"
      data-testid={`limit-${limit.name}`}
      title={limit.detail}
      action={
        mine && (
          <Button size="small" onClick={() => openTab(listUrl(PAGE))}>
            {t('page.subscription')}
          </Button>
        )
      }
    />
  ))
}
