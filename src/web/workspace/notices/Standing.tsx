import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMeta } from '@/api/queries'
import { formatDateTime } from '@/shared/format'
import { openTab } from '../tabs'
import { told } from './companyState'

/** Where the company stands, when that is worth a word: a sandbox, the end of a trial, a missing payment, read-only. */
export function Standing() {
  const { t } = useTranslation()
  const { company, member } = useMeta()
  const said = told(company, Date.now())
  if (!said) return null
  return (
    <Alert
      banner
      type={said.type}
      data-testid={`standing-${said.key}`}
      title={t(`standing.${said.key}`, { until: company.until ? formatDateTime(company.until) : '' })}
      action={
        member.is_admin &&
        said.page && (
          <Button size="small" onClick={() => openTab(`/w/page/${said.page}`)}>
            {t(`standing.to.${said.page}`)}
          </Button>
        )
      }
    />
  )
}
