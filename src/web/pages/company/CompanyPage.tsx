import { useTranslation } from 'react-i18next'
import { problemOf } from '@/api/http'
import { Sheet } from '@/kit/sheet/Sheet'
import { formatDateTime } from '@/shared/format'
import { Trouble } from '@/shared/Trouble'
import { Waiting } from '@/shared/Waiting'
import { Export, Import } from './Archive'
import { Configuration } from './Configuration'
import { Domains } from './Domains'
import { Leave } from './Leave'
import { useCompany } from './model'
import { Sandbox } from './Sandbox'
import './company.css'

/** The company as a whole, for its administrators: its data, a copy to try things in, its addresses, and the way out. */
export default function CompanyPage() {
  const { t } = useTranslation()
  const { data, error } = useCompany()
  if (error) return <Trouble title={problemOf(error).detail} />
  if (!data) return <Waiting />
  return (
    <Sheet
      title={t('page.company')}
      intro={[
        data.last_backup ? t('company.backup', { when: formatDateTime(data.last_backup) }) : t('company.noBackup'),
        data.place && t('company.place', { place: data.place }),
      ]
        .filter(Boolean)
        .join(' ')}
    >
      <Export data={data} />
      {!data.is_sandbox && <Sandbox data={data} />}
      {!data.is_sandbox && <Domains data={data} />}
      <Configuration />
      <Import data={data} />
      {!data.is_sandbox && <Leave />}
    </Sheet>
  )
}
